/**
 * Node-seconds of a query by cause, as in the request-cost law: a of a prefilled token, b of an output token, c of an output
 * token's reading of one token of context, w of one reading of the weights by a step.
 */
export interface PhaseCosts {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly w: number;
}

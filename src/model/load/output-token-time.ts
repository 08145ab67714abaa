/** What the steps of a node take: one step gives each query in flight its next output token. */
export interface StepTime {
  /** Seconds of a step that do not depend on the queries in flight: the reading of the weights, w of request-cost. */
  readonly step_s: number;
  /** Seconds that each query in flight adds to a step: b + c · context, and a · input_tokens / output_tokens for its prefill. */
  readonly query_s: number;
  /** Queries in flight on a full node. */
  readonly concurrency: number;
}

/**
 * Seconds per output token of a query on a node at load u: step_s / (1 − u·β), where β = concurrency · query_s over the step
 * of the full node. At load 1 it is that step, step_s + concurrency · query_s.
 *
 * Derivation: a node with C queries in flight puts out C / (step_s + C · query_s) tokens per second; at load u that is u times
 * what the full node puts out, which gives C and with it the step. Queries in flight are their mean number (Little's law).
 *
 * Where step_s is 0, steps are as fast as their queries are few and load says nothing of them: the full node's step is given,
 * which no load exceeds.
 *
 * @param load of the node, in [0, 1]
 */
export function secondsPerOutputToken(step: StepTime, load: number): number {
  if (step.step_s === 0) return fullStep(step);
  return step.step_s / (1 - load * queryShare(step));
}

/** Queries in flight at a load, from 0 to `concurrency`. */
export function queriesInFlight(step: StepTime, load: number): number {
  const share = queryShare(step);
  return share === 1 ? load * step.concurrency : (step.concurrency * load * (1 - share)) / (1 - load * share);
}

function fullStep({ step_s, query_s, concurrency }: StepTime): number {
  return step_s + concurrency * query_s;
}

/** Share of the full node's step that its queries take, β. */
function queryShare(step: StepTime): number {
  return (step.concurrency * step.query_s) / fullStep(step);
}

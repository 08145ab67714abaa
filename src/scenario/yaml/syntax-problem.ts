/** One thing wrong with a text, at an offset in it. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

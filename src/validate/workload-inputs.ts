/** Two lengths of prompts that a workload's published statistics allow, and where they stand. */
export interface AssumedInputs {
  readonly lengths: readonly [short: number, long: number];
  readonly source: string;
}

/**
 * Input lengths of request sets whose energies are published without them. Each row of such a set is scored at both. Sources of
 * lengths: token-lengths as published; GPQA from the size of its text, at four and at two bytes a token.
 */
export const ASSUMED_INPUTS: Readonly<Record<string, AssumedInputs>> = {
  'lm-arena-chat': {
    lengths: [70, 296],
    source: 'mean prompt of LMSYS-Chat-1M (arXiv 2309.11998), mean turn of WildChat (arXiv 2405.01470)',
  },
  gpqa: {
    lengths: [172, 345],
    source: 'GPQA Diamond (arXiv 2311.12022) is 690 bytes a question, options included: at 4 and at 2 bytes a token',
  },
  'sourcegraph-fim': {
    lengths: [1469, 2048],
    source: 'median and mean of code completions in the Azure trace of 2023 (Splitwise, ISCA 2024)',
  },
};

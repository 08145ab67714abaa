import type { MeasuredRatio } from './measured-ratio.js';

/** ML.ENERGY benchmark v3, as the rows of the leaderboard have it. */
const ML_ENERGY = {
  metric: 'energy per output token (J/token), GPU boards',
  source_title: 'ML.ENERGY Leaderboard data (benchmark v3)',
  source_url: 'https://github.com/ml-energy/leaderboard public/data @0cd52da',
};

const TENSORRT = {
  metric: 'inverse throughput ratio (energy ratio at equal power)',
  source_title: 'TensorRT-LLM performance overview tables',
  source_url: 'https://github.com/NVIDIA/TensorRT-LLM docs/source/performance/perf-overview.md',
};

function row(ratio: string, condition: string, n: number, [median, p10, p90]: readonly [number, number, number]) {
  return { ratio, condition, n, median, p10, p90 };
}

/** Rows of scenarios/data/precision-and-generation.csv that stand in for rows of throughput; a test compares the two. */
export const SHIPPED_RATIOS: readonly MeasuredRatio[] = [
  ...[
    row('FP8/BF16', 'max_num_seqs 8 to 16, without Qwen 3 Coder 480B on 8 B200', 14, [1.5, 1.232, 1.681]),
    row('FP8/BF16', 'max_num_seqs 32 to 32, without Qwen 3 Coder 480B on 8 B200', 7, [1.065, 0.972, 1.209]),
    row('FP8/BF16', 'max_num_seqs 64 to 1024, without Qwen 3 Coder 480B on 8 B200', 23, [0.914, 0.855, 1.022]),
    row('B200/H100', 'minimum-energy configuration', 39, [0.635, 0.285, 1.089]),
    row('B200/H100', 'max_num_seqs 8', 39, [0.918, 0.834, 1.58]),
    row('B200/H100', 'max_num_seqs 16', 39, [0.939, 0.829, 1.547]),
    row('B200/H100', 'max_num_seqs 32', 39, [0.911, 0.798, 1.378]),
    row('B200/H100', 'max_num_seqs 64', 37, [0.872, 0.77, 1.256]),
    row('B200/H100', 'max_num_seqs 128', 30, [0.825, 0.624, 1.245]),
    row('B200/H100', 'max_num_seqs 256', 20, [0.762, 0.524, 1.014]),
    row('B200/H100', 'max_num_seqs 512', 10, [0.821, 0.575, 1.114]),
  ].map((one) => ({ ...one, ...ML_ENERGY, confidence: 'High' })),
  {
    ...row(
      'B200 FP4/H200 FP8 (throughput)',
      'same table version, model and lengths; best parallelism of each; TensorRT-LLM offline maxima',
      175,
      [0.38, 0.269, 0.531],
    ),
    ...TENSORRT,
    confidence: 'Low',
  },
];

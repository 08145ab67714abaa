import type { Formula } from './formula.js';

/** A class of models: the GPUs that one replica takes, and the share of their power that it draws on H100, least and most. */
export interface JeghamClass {
  /** Largest model of the class, 10^9 parameters. */
  readonly up_to_params_b: number;
  readonly gpus: number;
  readonly demand: readonly [low: number, high: number];
}

/** The paper's classes from Nano to Large, with H100; GPU numbers and ranges as its table has them. */
export const JEGHAM_CLASSES: readonly JeghamClass[] = [
  { up_to_params_b: 7, gpus: 1, demand: [0.35, 0.65] },
  { up_to_params_b: 20, gpus: 1, demand: [0.5, 0.8] },
  { up_to_params_b: 40, gpus: 2, demand: [0.55, 0.8] },
  { up_to_params_b: 70, gpus: 4, demand: [0.5, 0.7] },
  { up_to_params_b: Number.POSITIVE_INFINITY, gpus: 8, demand: [0.45, 0.6] },
];

/** Rated power of a node's eight GPUs and of the rest of it, kW: eight of 700 W, and what is left of a DGX H100's 10.2 kW. */
const GPUS_KW = 5.6;
const OTHERS_KW = 4.6;
const NODE_GPUS = 8;

/** Queries in a batch, and the share of its power that the rest of a node draws. */
const BATCH = 8;
const OTHERS_DEMAND = 0.5;

const WH_PER_KJ = 1000 / 3600;

/** Share of a node's part that one query of a batch uses. @param demand share of its power that the part draws */
export function jeghamUtilization({ gpus }: JeghamClass, demand: number): number {
  return (gpus * demand) / (NODE_GPUS * BATCH);
}

/** Power that one query of a batch stands for, kW, from the shares that it uses of a node's GPUs and of the rest of it. */
export function jeghamPowerKw(ofGpus: number, ofOthers: number): number {
  return GPUS_KW * ofGpus + OTHERS_KW * ofOthers;
}

/** The class of a model. */
export function jeghamClass(total_params_b: number): JeghamClass {
  return JEGHAM_CLASSES.find(({ up_to_params_b }) => total_params_b <= up_to_params_b) ?? JEGHAM_CLASSES[4];
}

type Taken = 'pue' | 'output_tokens' | 'first_token_s' | 'query_tps' | 'total_params_b';

/**
 * Energy by the time that a public interface takes to answer. The mean of the paper's least and most, as it weighs them; the
 * equation as printed, not its table of shares, whose rounding makes the energies of large models 0.5 % lower.
 */
export const JEGHAM: Formula<Taken> = {
  name: 'jegham',
  source: 'Jegham et al., How Hungry is AI, arXiv 2505.09598, equations of its section 4 with its classes on H100',
  boundary: 'facility',
  takes: ['pue', 'output_tokens', 'first_token_s', 'query_tps', 'total_params_b'],
  constant: ['total_params_b'],
  energy(q, { product, total, known }) {
    const its = jeghamClass(known(q.total_params_b));
    const [low, high] = its.demand;
    const ofGpus = jeghamUtilization(its, (low + high) / 2);
    const power_kw = jeghamPowerKw(ofGpus, jeghamUtilization(its, OTHERS_DEMAND));
    const seconds = total([q.first_token_s, product([q.output_tokens], [q.query_tps])]);
    return product([q.pue, seconds, power_kw * WH_PER_KJ]);
  },
  node_seconds(q, { product, total, known }) {
    const { gpus } = jeghamClass(known(q.total_params_b));
    const seconds = total([q.first_token_s, product([q.output_tokens], [q.query_tps])]);
    return product([seconds, gpus / (NODE_GPUS * BATCH)]);
  },
};

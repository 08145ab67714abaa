import { type BlendOracle, blendOracle } from './blend.js';
import type { Range } from './lognormal.js';
import { type ModelOracle, modelOracle } from './model.js';
import { type NodePower, PUE, UTILIZATION } from './presets.js';
import { fitAll, readRows } from './throughput.js';

/** What to compute: node power by `V1` or `V2`, the rest as in the paper unless stated. */
export interface OracleSpec extends NodePower {
  /** Median of output_tokens. */
  readonly regimeMedian: number;
  /** 500 unless stated. */
  readonly inputTokens?: number;
  /** Cost of an input token, in output tokens; 0 unless stated. */
  readonly prefillWeight?: number;
  /** Power utilisation follows throughput; false unless stated. */
  readonly coupled?: boolean;
  readonly pue?: Range;
  readonly utilization?: Range;
  /** 0 sums over every token count in each evaluation, without merging: slow, for checking. */
  readonly cellWidth?: number;
}

/** Exact answer to one regime of one scenario. */
export interface Oracle {
  readonly models: ReadonlyMap<string, ModelOracle>;
  model(name: string): ModelOracle;
  /** The three models of highest median energy, highest first. */
  readonly frontier: readonly string[];
  /** Equal-weight pool; the frontier unless members are named. */
  blend(members?: readonly string[]): BlendOracle;
}

/** Energy per query by quadrature, without a random number and without the project's code. */
export function oracle(spec: OracleSpec): Oracle {
  const models = new Map(
    fitAll(readRows('FP8')).map((fit) => [
      fit.model,
      modelOracle({
        fit,
        nodePowerKw: fit.model === 'DeepSeek-R1' ? spec.deepSeekNodePowerKw : spec.nodePowerKw,
        regimeMedian: spec.regimeMedian,
        inputTokens: spec.inputTokens ?? 500,
        prefillWeight: spec.prefillWeight ?? 0,
        pue: spec.pue ?? PUE,
        utilization: spec.utilization ?? UTILIZATION,
        coupled: spec.coupled ?? false,
        ...(spec.cellWidth === undefined ? {} : { cellWidth: spec.cellWidth }),
      }),
    ]),
  );
  const model = (name: string): ModelOracle => {
    const found = models.get(name);
    if (found === undefined) throw new Error(`no model "${name}"; there are ${[...models.keys()].join(', ')}`);
    return found;
  };
  const medians = [...models.values()].map(({ name, quantile }) => ({ name, median: quantile(0.5) }));
  const frontier = medians
    .sort((a, b) => b.median - a.median)
    .slice(0, 3)
    .map(({ name }) => name);
  return { models, model, frontier, blend: (members = frontier) => blendOracle(members.map(model)) };
}

import type { BlendPlan, CellPlan, ColumnPlan, OutputPlan, Plan, RegimePlan } from './plan.js';

/** One of the plans that a merged one stands for. */
export interface PlanPart {
  readonly plan: Plan;
  /** Where its outputs and its cells are in the merged plan. */
  readonly outputs: readonly number[];
  readonly cells: readonly number[];
}

/**
 * One plan that draws and counts for several: what they have in common stands there once, so scenarios of one seed that differ
 * in one input draw the others, and count what does not follow from it, once for all. Draws are a pure function of seed,
 * variable and index, so each plan's counts are those that it has alone.
 */
export class MergedPlan {
  /** In the order in which they were taken in. */
  readonly parts: PlanPart[] = [];
  readonly #sampling: Pick<Plan, 'samples' | 'sampler'>;
  readonly #columns = new Distinct<ColumnPlan>();
  readonly #regimes = new Distinct<RegimePlan>();
  readonly #cells = new Distinct<CellPlan>();
  readonly #blends = new Distinct<BlendPlan>();
  readonly #outputs = new Distinct<OutputPlan>();
  /** What throughputs follow from, and the first cell of each. */
  readonly #throughputs = new Map<string, number>();

  /** @param plans one at least, of as many samples and of one sampler, as all that are added */
  constructor(plans: readonly Plan[]) {
    const { samples, sampler } = plans[0];
    this.#sampling = { samples, sampler };
    for (const plan of plans) this.add(plan);
  }

  /** Takes in one more plan. */
  add(plan: Plan): void {
    const columns = plan.columns.map((column) => this.#columns.place(column));
    const regimes = plan.regimes.map((regime) => this.#regimes.place(movedRegime(regime, columns)));
    const cells = plan.cells.map((cell) => this.#cells.place(movedCell(cell, regimes, columns)));
    const blends = plan.blends.map((blend) => this.#blends.place(movedBlend(blend, regimes, cells)));
    const outputs = plan.outputs.map((output) =>
      this.#outputs.place(this.#alike(movedOutput(output, columns, cells, blends))),
    );
    this.parts.push({ plan, outputs, cells });
  }

  /** All that was taken in. */
  get plan(): Plan {
    return {
      ...this.#sampling,
      columns: this.#columns.list,
      regimes: this.#regimes.list,
      cells: this.#cells.list,
      blends: this.#blends.list,
      outputs: this.#outputs.list,
    };
  }

  /** An output that counts the same: cells of equal lengths and fits have equal throughputs, whatever else they differ in. */
  #alike(output: OutputPlan): OutputPlan {
    if (output.kind !== 'tps') return output;
    const { regime, tps } = this.#cells.list[output.cell];
    const { input_tokens, output_tokens } = this.#regimes.list[regime];
    const source = identity([input_tokens, output_tokens, tps]);
    const cell = this.#throughputs.get(source) ?? output.cell;
    this.#throughputs.set(source, cell);
    return { ...output, cell };
  }
}

/** A list without repetition. */
class Distinct<T> {
  readonly list: T[] = [];
  readonly #known = new Map<string, number>();

  /** Where it is in the list, appended if it is new. */
  place(one: T): number {
    const key = identity(one);
    const place = this.#known.get(key) ?? this.list.push(one) - 1;
    this.#known.set(key, place);
    return place;
  }
}

/** JSON has no infinite numbers, which bounds may be. */
function identity(data: unknown): string {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value,
  );
}

function movedRegime(regime: RegimePlan, columns: readonly number[]): RegimePlan {
  const { input_tokens, output_tokens, prefill_weight, pue, power_utilization } = regime;
  return {
    name: regime.name,
    input_tokens: columns[input_tokens],
    output_tokens: columns[output_tokens],
    prefill_weight: columns[prefill_weight],
    pue: columns[pue],
    power_utilization: typeof power_utilization === 'number' ? columns[power_utilization] : power_utilization,
  };
}

function movedCell(cell: CellPlan, regimes: readonly number[], columns: readonly number[]): CellPlan {
  const { regime, model, node_power_kw, tps } = cell;
  return {
    model,
    regime: regimes[regime],
    node_power_kw: columns[node_power_kw],
    tps: typeof tps === 'number' ? columns[tps] : tps,
  };
}

function movedBlend(blend: BlendPlan, regimes: readonly number[], cells: readonly number[]): BlendPlan {
  const members = blend.members.map(({ cell, lowBin, highBin }) => ({ cell: cells[cell], lowBin, highBin }));
  return { name: blend.name, regime: regimes[blend.regime], members };
}

function movedOutput(
  output: OutputPlan,
  columns: readonly number[],
  cells: readonly number[],
  blends: readonly number[],
): OutputPlan {
  if (output.kind === 'column') return { ...output, column: columns[output.column] };
  if (output.kind !== 'pathway') return { ...output, cell: cells[output.cell] };
  return { ...output, blend: blends[output.blend], divisors: output.divisors.map((column) => columns[column]) };
}

import { allBlocks } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { type Borrow, type Borrowed, borrowedEngines } from '../engine/borrowed-engines.js';
import { drawRange, type Engine } from '../engine/run-range.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import { pathwayOutputs } from '../plan/limits.js';
import { MergedPlan } from '../plan/merged-plan.js';
import { type Plan, planBlends, planModels } from '../plan/plan.js';
import { rangesOf } from '../plan/ranges.js';
import { blendMembers, type Pass, seriesOf } from '../result/result.js';
import { seriesStatistics, summaryRows } from '../result/rows/summary.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { asksForPrecision } from '../simulate/precision.js';
import { simulateIn } from '../simulate/simulate.js';
import type { Sketches } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import type { OnCounted, Pool } from '../workers/pool.js';

/**
 * The most samples of a cell that one thread runs as one range: what its histograms count stays below 2^32 for pools of up to
 * 40 models.
 */
export const LARGEST_CELL = 100_000_000;

/**
 * Cells join others until so many outputs are counted in a pass. Measured on two cores of an AMD EPYC with a thread each: the
 * windows of 28 outputs, 6 MB, stay in its cache; those of 80, 26 MB, do not, and a draw takes twice as long.
 */
const ENOUGH_OUTPUTS = 24;

/** Runs cells of a sweep whole, in the thread that calls: the numbers are those of runs split over threads, one by one. */
export type CellsRunner = (scenarios: readonly ResolvedScenario[]) => Promise<SummaryRow[][]>;

/**
 * Runs cells in memory that one hands on to the next. Those that follow each other are drawn together where they can be.
 *
 * @param module the WebAssembly kernel; none for the reference
 */
export function cellsRunner(module: KernelModule | undefined): CellsRunner {
  const borrow = borrowedEngines(module);
  return async (scenarios) => {
    const rows: SummaryRow[][] = [];
    for (const group of groupsOf(scenarios)) rows.push(...(await runGroup(group, module, borrow)));
    return rows;
  };
}

/** Cells to be drawn together, and what draws their models. */
interface Group {
  readonly scenarios: ResolvedScenario[];
  readonly models: MergedPlan;
}

/** Neighbours of as many pseudo-random samples, as many as are well counted together; any other cell alone. */
function groupsOf(scenarios: readonly ResolvedScenario[]): Group[] {
  const groups: Group[] = [];
  for (const scenario of scenarios) {
    const plan = planModels(scenario);
    const last = groups.at(-1);
    if (last && mayJoin(scenario, last)) {
      last.scenarios.push(scenario);
      last.models.add(plan);
    } else groups.push({ scenarios: [scenario], models: new MergedPlan([plan]) });
  }
  return groups;
}

function mayJoin(scenario: ResolvedScenario, { scenarios, models }: Group): boolean {
  const [first] = scenarios;
  const outputs = Math.max(models.plan.outputs.length, scenarios.length * pathwayOutputs(first));
  return isPlain(scenario) && isPlain(first) && scenario.samples === first.samples && outputs < ENOUGH_OUTPUTS;
}

/** Whether all that is drawn is one pass of pseudo-random numbers, or two. */
function isPlain(scenario: ResolvedScenario): boolean {
  return scenario.sampler === undefined && !asksForPrecision(scenario);
}

async function runGroup(group: Group, module: KernelModule | undefined, borrow: Borrow): Promise<SummaryRow[][]> {
  const borrowed: Borrowed[] = [];
  const remembered = async (plan: Plan) => {
    const engine = await borrow(plan);
    borrowed.push(engine);
    return engine;
  };
  const [first] = group.scenarios;
  const rows = isPlain(first)
    ? await runTogether(group, remembered)
    : [await runAlone(first, oneRange(module, remembered))];
  // A cell that failed gives nothing back.
  for (const { giveBack } of borrowed) giveBack();
  return rows;
}

async function runAlone(scenario: ResolvedScenario, pool: Pool): Promise<SummaryRow[]> {
  return summaryRows(scenario.name, seriesOf(await simulateIn(pool, scenario, {})));
}

async function runTogether({ scenarios, models }: Group, borrow: Borrow): Promise<SummaryRow[][]> {
  const modelPasses = await passesOf(models, borrow);
  const blends = scenarios.map((scenario, i) => planBlends(scenario, blendMembers(scenario, modelPasses[i])));
  const blendPasses = await passesOf(new MergedPlan(blends), borrow);
  const statistics = seriesStatistics();
  return scenarios.map((scenario, i) =>
    summaryRows(scenario.name, seriesOf({ scenario, models: modelPasses[i], blends: blendPasses[i] }), statistics),
  );
}

async function passesOf({ plan, parts }: MergedPlan, borrow: Borrow): Promise<Pass[]> {
  const sketches = await counted(plan, borrow);
  return parts.map(({ plan, outputs, cells }) => ({ plan, sketches: sketches.part(outputs, cells) }));
}

/** All of a plan's blocks, as a single range. */
async function counted(plan: Plan, borrow: Borrow): Promise<Sketches> {
  const sketches = emptySketches(plan);
  if (plan.outputs.length === 0) return sketches;
  const engine = await borrow(plan);
  drawRange(engine, allBlocks(plan.samples));
  // It stays where it is until the memory is given back.
  sketches.adopt({ ...engine.counter.counted(), lent: false });
  return sketches;
}

/** A plan's blocks as a single range, or one for each replicate: nothing is sent between threads. */
function oneRange(module: KernelModule | undefined, borrow: Borrow): Pool {
  return {
    workers: 0,
    module,
    async run(plan: Plan, _onSamples, _signal, onCounted) {
      if (!onCounted) return counted(plan, borrow);
      const sketches = emptySketches(plan);
      if (plan.outputs.length > 0) countReplicates(plan, await borrow(plan), sketches, onCounted);
      return sketches;
    },
    async close() {},
  };
}

function countReplicates(plan: Plan, engine: Engine, merged: Sketches, onCounted: OnCounted): void {
  for (const range of rangesOf(plan, 0)) {
    drawRange(engine, range);
    const counted = engine.counter.counted();
    merged.merge(counted);
    onCounted(range, counted);
    engine.counter.clear();
  }
}

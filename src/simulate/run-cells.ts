import { allBlocks } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { drawRange } from '../engine/draw-range.js';
import type { Engine, OpenedPlan, OpenPlan } from '../engine/engine.js';
import { pilotOf } from '../engine/pilot.js';
import { LawMemory } from '../kernel/integration/law-memory.js';
import { pathwayOutputs } from '../plan/limits.js';
import { MergedPlan } from '../plan/merged-plan.js';
import type { Plan } from '../plan/plan.js';
import { rangesOf } from '../plan/ranges.js';
import { type Pass, stages } from '../plan/stages.js';
import { cellRows } from '../result/rows/cell.js';
import { seriesStatistics } from '../result/rows/summary.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Sketches } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import type { OnCounted, Pool } from '../workers/pool.js';
import { asksForPrecision } from './precision.js';
import { simulateIn } from './simulate.js';

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

/** Runs cells in memory that one hands on to the next. Those that follow each other are drawn together where they can be. */
export function cellsRunner(engine: Engine): CellsRunner {
  const open = engine.opener();
  const memory = new LawMemory();
  return async (scenarios) => {
    const rows: SummaryRow[][] = [];
    for (const group of groupsOf(scenarios)) rows.push(...(await runGroup(group, engine, open, memory)));
    return rows;
  };
}

/** A cell on its way through its passes. */
interface StagedCell {
  readonly scenario: ResolvedScenario;
  readonly passes: ReturnType<typeof stages>;
}

/** Cells to be drawn together, and what draws the first pass of all. */
interface Group {
  readonly cells: StagedCell[];
  readonly first: MergedPlan;
}

/** Neighbours of as many pseudo-random samples, as many as are well counted together; any other cell alone. */
function groupsOf(scenarios: readonly ResolvedScenario[]): Group[] {
  const groups: Group[] = [];
  for (const scenario of scenarios) {
    const cell = { scenario, passes: stages(scenario) };
    const { value: plan } = cell.passes.next();
    if (!('nodes' in plan)) throw new RangeError('a scenario has one pass at least');
    const last = groups.at(-1);
    if (last && mayJoin(scenario, last)) {
      last.cells.push(cell);
      last.first.add(plan);
    } else groups.push({ cells: [cell], first: new MergedPlan([plan]) });
  }
  return groups;
}

function mayJoin(scenario: ResolvedScenario, { cells, first }: Group): boolean {
  const [{ scenario: other }] = cells;
  const outputs = Math.max(first.plan.counted.length, cells.length * pathwayOutputs(other));
  return isPlain(scenario) && isPlain(other) && isAlike(scenario, other) && outputs < ENOUGH_OUTPUTS;
}

function isAlike(one: ResolvedScenario, other: ResolvedScenario): boolean {
  return one.samples === other.samples && one.quantiles?.join() === other.quantiles?.join();
}

/** Whether all that is drawn is passes of pseudo-random numbers. */
function isPlain(scenario: ResolvedScenario): boolean {
  return scenario.sampler === undefined && !asksForPrecision(scenario);
}

async function runGroup(group: Group, engine: Engine, open: OpenPlan, memory: LawMemory): Promise<SummaryRow[][]> {
  const opened: OpenedPlan[] = [];
  const remembered = async (plan: Plan) => {
    const one = await open(plan);
    opened.push(one);
    return one;
  };
  const [{ scenario }] = group.cells;
  const rows = isPlain(scenario)
    ? await runTogether(group, remembered)
    : [await runAlone(scenario, oneRange(engine, remembered), memory)];
  // A cell that failed gives nothing back.
  for (const { giveBack } of opened) giveBack();
  return rows;
}

async function runAlone(scenario: ResolvedScenario, pool: Pool, memory: LawMemory): Promise<SummaryRow[]> {
  return cellRows(scenario, await simulateIn(pool, scenario, { memory }));
}

/** All cells of a group go from pass to pass together. */
async function runTogether({ cells, first }: Group, open: OpenPlan): Promise<SummaryRow[][]> {
  const statistics = seriesStatistics(cells[0].scenario.quantiles);
  for (let plans = first; ; ) {
    const passes = await passesOf(plans, open);
    const next = cells.map((cell, i) => cell.passes.next(passes[i]));
    const done = next.flatMap(({ done, value }, i) => (done ? [{ scenario: cells[i].scenario, passes: value }] : []));
    if (done.length === cells.length) return done.map(({ scenario, passes }) => cellRows(scenario, passes, statistics));
    plans = new MergedPlan(next.flatMap(({ done, value }) => (done ? [] : [value])));
  }
}

async function passesOf({ plan, parts }: MergedPlan, open: OpenPlan): Promise<Pass[]> {
  const { sketches, pilot } = await counted(plan, open);
  return parts.map(({ plan, counted }) => ({ plan, sketches: sketches.part(counted), pilot: pilot?.part(counted) }));
}

/** All of a plan's blocks, as a single range. */
async function counted(plan: Plan, open: OpenPlan): Promise<Pick<Pass, 'pilot'> & { readonly sketches: Sketches }> {
  const sketches = emptySketches(plan);
  if (plan.counted.length === 0) return { sketches };
  const opened = await open(plan);
  drawRange(opened, allBlocks(plan.samples));
  // It stays where it is until the plan gives its memory back.
  sketches.adopt(opened.counter.view());
  return { sketches, pilot: await pilotOf(plan, () => opened.kernel) };
}

/** A plan's blocks as a single range, or one for each replicate: nothing is sent between threads. */
function oneRange(engine: Engine, open: OpenPlan): Pool {
  return {
    workers: 0,
    engine,
    async run(plan: Plan, _onSamples, _signal, onCounted) {
      if (!onCounted) return (await counted(plan, open)).sketches;
      const sketches = emptySketches(plan);
      if (plan.counted.length > 0) countReplicates(plan, await open(plan), sketches, onCounted);
      return sketches;
    },
    async close() {},
  };
}

function countReplicates(plan: Plan, opened: OpenedPlan, merged: Sketches, onCounted: OnCounted): void {
  for (const range of rangesOf(plan, 0)) {
    drawRange(opened, range);
    const counts = opened.counter.view();
    merged.merge(counts);
    onCounted(range, counts);
    opened.counter.clear();
  }
}

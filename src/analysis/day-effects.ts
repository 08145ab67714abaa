import { normalQuantile } from '../distributions/normal-quantile.js';
import type { PooledModels } from '../plan/plan.js';
import type { JobRunner } from '../workers/jobs.js';
import { overWorlds } from '../worlds/over-worlds.js';
import { poolOfJobs } from '../worlds/pool-of-jobs.js';
import { runWorlds } from '../worlds/run-worlds.js';
import { fleetMixes, fleetValues } from '../worlds/world-fleet.js';
import { type WorldScores, worldScores } from '../worlds/world-scores.js';
import type { DayQuestion, DaySource } from './day-question.js';

/** A mix's day in GWh while one source of uncertainty is moved through its range. */
export interface DayEffect {
  readonly mix: string;
  readonly formula: string;
  readonly source: string;
  readonly low: number;
  readonly high: number;
  /** Where nothing is moved. */
  readonly base: number;
}

/** Stands for all sources together. */
export const ALL_SOURCES = 'all together';

/** Where days are computed, and of which models. */
export interface DayRunOptions {
  /** Which models the fleet's blend pools in each regime. */
  readonly chosen: readonly PooledModels[];
  readonly jobs: JobRunner;
  readonly signal: AbortSignal;
}

/**
 * What moves a fleet's day without improvements, mix by mix. A source of one variable goes to its P5 and then to its P95, the same for
 * all queries; one of several (what fits do not know) is drawn as worlds draw it, and its P5 and P95 are those of the day.
 *
 * What is shared besides stays at its median; where the scenario shares nothing, all else varies from query to query.
 */
export async function dayEffects(question: DayQuestion, options: DayRunOptions): Promise<DayEffect[]> {
  if (question.scenario.fleet === undefined || question.sources.length === 0) return [];
  const found = await Promise.all(runsOf(question).map((run) => daysIn(run, options)));
  const [{ days: still }, ...moved] = found.flat();
  return still.flatMap(({ mix, formula, gwh: [base] }, m) =>
    moved.map(({ range, days }): DayEffect => {
      const [low, high] = range.ends ? days[m].gwh : outerQuantiles(days[m].gwh);
      return { mix, formula, source: range.name, low, high, base };
    }),
  );
}

type Scenario = DayQuestion['scenario'];

/** Scores of the worlds that one source is seen in. */
interface Range {
  readonly name: string;
  readonly scores: WorldScores;
  readonly worlds: number;
  /** Whether the worlds are the low end and the high end; else both are quantiles over worlds. */
  readonly ends: boolean;
}

/** One world in which nothing is moved. */
const STILL: Range = { name: '', scores: new Map(), worlds: 1, ends: false };

/** Worlds that share their queries. */
interface DayRun {
  readonly scenario: Scenario;
  readonly ranges: readonly Range[];
}

/** What nothing is shared in at once has no worlds in common: each source has a scenario of its own, in which it alone is shared. */
function runsOf({ scenario, stated, sources }: DayQuestion): DayRun[] {
  const ranges = sources.map((source) => rangeOf(source, scenario));
  if (stated) return [{ scenario, ranges: [STILL, ...ranges, allRange(scenario)] }];
  return [STILL, ...ranges].map((range) => {
    const shared = Object.fromEntries([...range.scores.keys()].map((variable) => [variable, 1]));
    return { scenario: { ...scenario, shared }, ranges: [range] };
  });
}

const ENDS = Float64Array.of(normalQuantile(0.05), normalQuantile(0.95));

/** Worlds by which the range of a source of several variables is told. */
const MOST_WORLDS = 200;

function rangeOf({ name, variables }: DaySource, scenario: Scenario): Range {
  if (variables.length === 1) return { name, scores: new Map([[variables[0], ENDS]]), worlds: ENDS.length, ends: true };
  const worlds = Math.min(MOST_WORLDS, scenario.uncertainty.worlds);
  const drawn = [...worldScores(scenario, worlds)];
  return { name, scores: new Map(drawn.filter(([one]) => variables.includes(one))), worlds, ends: false };
}

/** All worlds of the scenario, as a run draws them. */
function allRange(scenario: Scenario): Range {
  const { worlds } = scenario.uncertainty;
  return { name: ALL_SOURCES, scores: worldScores(scenario, worlds), worlds, ends: false };
}

/** Days of each mix in the worlds of a range. */
interface RangeDays {
  readonly range: Range;
  readonly days: readonly { readonly mix: string; readonly formula: string; readonly gwh: Float64Array }[];
}

async function daysIn({ scenario, ranges }: DayRun, { jobs, signal, chosen }: DayRunOptions): Promise<RangeDays[]> {
  const worlds = ranges.reduce((sum, range) => sum + range.worlds, 0);
  const asked = { ...scenario, uncertainty: { ...scenario.uncertainty, worlds } };
  const found = await runWorlds(poolOfJobs(jobs), asked, chosen, { scores: together(asked, ranges), signal });
  const all = fleetMixes(found).map((mix) => ({ mix: mix.name, formula: mix.formula, gwh: fleetValues(found, mix) }));
  let end = 0;
  return ranges.map((range) => {
    const start = end;
    end += range.worlds;
    return { range, days: all.map((day) => ({ ...day, gwh: day.gwh.subarray(start, start + range.worlds) })) };
  });
}

/** The scores of all ranges one after the other; what a range does not move is at its median. */
function together({ shared = {}, uncertainty }: Scenario, ranges: readonly Range[]): WorldScores {
  const scores = new Map(Object.keys(shared).map((variable) => [variable, new Float64Array(uncertainty.worlds)]));
  let start = 0;
  for (const range of ranges) {
    for (const [variable, own] of range.scores) scores.get(variable)?.set(own, start);
    start += range.worlds;
  }
  return scores;
}

function outerQuantiles(days: Float64Array): readonly [low: number, high: number] {
  const { p05, p95 } = overWorlds(days, 0);
  return [p05 ?? Number.NaN, p95 ?? Number.NaN];
}

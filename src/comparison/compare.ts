import { formulaShown } from '../plan/services.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Histogram } from '../sketch/histogram.js';
import type { Integrated } from '../sketch/integrated.js';
import { besideStandard, probabilityOf, type QuantileName } from '../sketch/quantile-name.js';
import type { SignedHistogram } from '../sketch/signed-histogram.js';
import { medianInterval, quantiles, statisticsOf, Z_95 } from '../sketch/statistics.js';
import { finiteOrNull } from '../tables/finite.js';
import type { AttributionRow, CompareRow } from '../tables/studies.js';
import { type JobRunner, jobsHere } from '../workers/jobs.js';
import { attributions, subsetsOf } from './attribution.js';
import { dayRows } from './day-rows.js';
import { pairedSubjects } from './paired.js';

/** What two scenarios or two results have against each other. */
export interface Comparison {
  readonly compare: readonly CompareRow[];
  /** Empty where nothing that changes energy differs, and for results, whose draws are gone. */
  readonly attribution: readonly AttributionRow[];
  /** Quantiles beside the five that rows of `compare` have. */
  readonly quantiles: readonly QuantileName[];
  /** What a reader must know, in words. */
  readonly notes: readonly string[];
}

/** How many draws two scenarios are compared by, and who is told of the attribution's progress (subsets done, of how many). */
export interface CompareOptions {
  readonly samples: number;
  /** Draws made so far, and how many it takes: of both, and of every mixture of the two. */
  readonly onProgress?: (drawn: number, total: number) => void;
  /** Where the draws are made; in the calling thread, if not said otherwise. */
  readonly jobs?: JobRunner;
  /** Looked at between mixtures; threads are ended at once. */
  readonly signal?: AbortSignal;
}

/**
 * Compares two scenarios of one seed draw by draw: the distributions of the ratio and of the difference of the energy of a
 * query, and the change of the median attributed to what differs.
 *
 * @throws RangeError if the seeds differ; the signal's reason
 */
export async function compareScenarios(
  a: ResolvedScenario,
  b: ResolvedScenario,
  { samples, onProgress, jobs = jobsHere, signal = new AbortController().signal }: CompareOptions,
): Promise<Comparison> {
  const complaint = seedComplaint(a, b);
  if (complaint !== undefined) throw new RangeError(complaint);
  const isOfFleets = a.fleet !== undefined && b.fleet !== undefined;
  const total = samples * ((isOfFleets ? 4 : 2) + subsetsOf(a, b));
  let drawn = 0;
  const onDraws = (draws: number) => {
    drawn += draws;
    onProgress?.(drawn, total);
  };
  const { subjects, days, known } = await pairedSubjects(a, b, samples, { jobs, signal, onDraws });
  const names = { scenario_a: a.name, scenario_b: b.name };
  const asked = besideStandard([...(a.quantiles ?? []), ...(b.quantiles ?? [])]);
  const formulaOf = (kind: 'model' | 'blend', name: string) => {
    const [one, other] = [a, b].map((scenario) =>
      formulaShown(scenario, kind === 'model' ? [name] : scenario.models.map((model) => model.name)),
    );
    return one === other ? other : `${one} to ${other}`;
  };
  const queries = subjects.flatMap(({ regime, kind, name, ratio, integrated, difference }) => {
    const subject = { ...names, regime, subject_kind: kind, subject: name, paired: 'yes' };
    const formula = formulaOf(kind, name);
    return [
      {
        ...subject,
        quantity: 'energy_ratio',
        unit: '1',
        ...(integrated ? integratedNumbers(integrated) : ratioNumbers(ratio, samples)),
        ...cellsOf(
          asked,
          (probability) => integrated?.quantile(probability).value ?? quantiles(ratio, [probability])[0],
        ),
        formula,
      },
      {
        ...subject,
        quantity: 'energy_difference',
        unit: 'Wh/query',
        ...differenceNumbers(difference, samples),
        ...cellsOf(asked, (probability) => difference.quantiles([probability])[0]),
        formula,
      },
    ];
  });
  const noQuantiles = Object.fromEntries(asked.map((name) => [name, null]));
  const ofDays = days.flatMap((day) =>
    dayRows(names, day, { formula: formulaOf('blend', day.mix), paired: 'yes' }).map((row) => ({
      ...row,
      ...noQuantiles,
    })),
  );
  const compare = [...queries, ...ofDays].map((row) => ({ ...row, ...known(row) }));
  const attribution = (await attributions(a, b, samples, { jobs, signal, onDraws })).flatMap(
    ({ regime, kind, name, p50_a, p50_b, changes }) =>
      changes.map(({ parameter, change, mc_error }) => ({
        ...{ ...names, regime, subject_kind: kind, subject: name, parameter, unit: 'Wh/query' },
        ...{ change, p50_a, p50_b, n: samples, change_mc_error: finiteOrNull(mc_error) },
        formula: formulaOf(kind, name),
      })),
  );
  return { compare, attribution, quantiles: asked, notes: notesOf(a, b, compare, attribution) };
}

/** Why two scenarios cannot be compared draw by draw; undefined if they can. */
export function seedComplaint(a: ResolvedScenario, b: ResolvedScenario): string | undefined {
  if (a.seed === b.seed) return undefined;
  const seeds = `${JSON.stringify(a.seed)} in ${a.name}, ${JSON.stringify(b.seed)} in ${b.name}`;
  return `the seeds differ (${seeds}), so draws would not be paired; give both one with --seed`;
}

type Numbers = Pick<
  CompareRow,
  | ('n' | 'n_dropped' | 'mean' | 'std' | 'p05' | 'p25' | 'p50' | 'p75' | 'p95')
  | ('p50_ci_low' | 'p50_ci_high' | 'mean_low' | 'mean_high')
>;

function ratioNumbers(ratio: Histogram, samples: number): Numbers {
  return finite({ ...statisticsOf(ratio, samples), n_dropped: ratio.non_finite });
}

/** The share of draws without a ratio is not counted where nothing is drawn. */
function integratedNumbers({ statistics }: Integrated): Numbers {
  return finite({ ...statistics, n_dropped: 0 });
}

function differenceNumbers(difference: SignedHistogram, samples: number): Numbers {
  const probabilities = [0.05, 0.25, 0.5, 0.75, 0.95, ...medianInterval(samples)];
  const [p05, p25, p50, p75, p95, p50_ci_low, p50_ci_high] = difference.quantiles(probabilities);
  const { n, non_finite: n_dropped } = difference;
  const { mean, std } = difference.meanAndStd();
  const error = (Z_95 * std) / Math.sqrt(samples);
  return finite({
    ...{ n, n_dropped, mean, std, p05, p25, p50, p75, p95, p50_ci_low, p50_ci_high },
    ...{ mean_low: mean - error, mean_high: mean + error },
  });
}

/** What is asked for beside the five, null where there is no such number. */
function cellsOf(names: readonly QuantileName[], at: (probability: number) => number) {
  const cells = names.map((name) => [name, at(probabilityOf(name))] as const);
  return Object.fromEntries(cells.map(([name, value]) => [name, finiteOrNull(value)]));
}

/** Numbers that there are none of, e.g. quantiles of no draws, as null. */
function finite<T extends Record<keyof Numbers, number>>(numbers: T): Numbers {
  const { n, n_dropped, ...others } = numbers;
  const entries = Object.entries(others).map(([name, value]) => [name, finiteOrNull(value)]);
  return { n, n_dropped, ...(Object.fromEntries(entries) as Omit<Numbers, 'n' | 'n_dropped'>) };
}

function notesOf(
  a: ResolvedScenario,
  b: ResolvedScenario,
  compare: readonly CompareRow[],
  attribution: readonly AttributionRow[],
): string[] {
  const notes = [...onlyIn(a, b), ...onlyIn(b, a)];
  if (compare.length === 0)
    notes.push('the two have no regime with a common model or blend: there is nothing to compare');
  else if (attribution.length === 0) notes.push('nothing that changes the energy of a query differs');
  const zeros = Math.max(0, ...compare.map(({ n_dropped }) => n_dropped));
  if (zeros > 0)
    notes.push(`in up to ${zeros} draws energy is 0 in A, so there is no ratio; they are counted in n_dropped`);
  return notes;
}

function onlyIn(a: ResolvedScenario, b: ResolvedScenario): string[] {
  const sections = [
    ['regime', a.regimes, b.regimes],
    ['model', a.models, b.models],
    ['blend', a.blends, b.blends],
  ] as const;
  return sections.flatMap(([thing, own, others]) => {
    const names = own.map(({ name }) => name).filter((name) => !others.some((other) => other.name === name));
    return names.length === 0 ? [] : [`only ${a.name} has the ${thing} ${names.join(', ')}`];
  });
}

import { INPUTS, isInput } from '../../model/quantities.js';
import type { Integrated } from '../../sketch/integrated.js';
import type { QuantileName } from '../../sketch/quantile-name.js';
import { binMiddles, type Statistics, statisticsOf } from '../../sketch/statistics.js';
import { finiteOrNull } from '../../tables/finite.js';
import { quantileColumns, type SummaryRow } from '../../tables/schema.js';
import { type AskedQuantile, askedQuantiles } from '../asked-quantiles.js';
import type { Series } from '../series.js';

/** One row of the summary for each distribution; null where no draw is a finite number. */
export function summaryRows(
  scenario: string,
  series: readonly Series[],
  statistics = seriesStatistics(),
): SummaryRow[] {
  return series.map((one) => {
    const { formula, boundary } = one;
    return { scenario, ...rowNames(one), ...columns(statistics(one), isWhole(one.metric)), formula, boundary };
  });
}

/** The statistics of series, found once for each histogram: for the rows of scenarios that share some. */
export function seriesStatistics(quantiles: readonly QuantileName[] = []): (one: Series) => SeriesStatistics {
  const middles = binMiddles();
  return perHistogram((one) => ({
    ...(one.integrated?.statistics ??
      statisticsOf(one.histogram, { median: (value) => one.effectiveDraws(0.5, value), ...one.meanWorth() }, middles)),
    asked: askedQuantiles(one, quantiles),
  }));
}

/** Statistics of a series, and the quantiles that its scenario asks for beside them. */
interface SeriesStatistics extends Statistics {
  readonly asked: readonly AskedQuantile[];
}

/** What `compute` finds of a series' histogram, found once for all series that share it: models share their inputs. */
export function perHistogram<T>(compute: (one: Series) => T): (one: Series) => T {
  const known = new Map<Series['histogram'] | Integrated, T>();
  return (one) => {
    const distribution = one.integrated ?? one.histogram;
    const found = known.get(distribution) ?? compute(one);
    known.set(distribution, found);
    return found;
  };
}

/** The columns that name a distribution, in the order of the contract. */
export function rowNames(names: Series) {
  const { regime, subject_kind, subject, pathway, trim, metric, unit } = names;
  return { regime, subject_kind, subject, pathway, trim, metric, unit };
}

function columns({ n, mean, std, mean_low, mean_high, asked, ...quantiles }: SeriesStatistics, whole: boolean) {
  const isKnown = !Number.isNaN(quantiles.p50);
  const cell = (value: number) => finiteOrNull(whole ? Math.round(value) : value);
  const { p05, p25, p50, p75, p95, p50_ci_low, p50_ci_high } = quantiles;
  return {
    n,
    mean: isKnown ? finiteOrNull(mean) : null,
    std: isKnown ? finiteOrNull(std) : null,
    p05: cell(p05),
    p25: cell(p25),
    p50: cell(p50),
    p75: cell(p75),
    p95: cell(p95),
    iqr: cell(p75 - p25),
    p50_ci_low: cell(p50_ci_low),
    p50_ci_high: cell(p50_ci_high),
    mean_low: finiteOrNull(mean_low),
    mean_high: finiteOrNull(mean_high),
    ...Object.fromEntries(asked.flatMap((one) => quantileCells(one, cell))),
  };
}

function quantileCells({ name, value, low, high }: AskedQuantile, cell: (value: number) => number | null) {
  return quantileColumns(name).map((column, i) => [column, cell([value, low, high][i])] as const);
}

/** Token counts are whole, so their quantiles are. */
function isWhole(metric: string): boolean {
  return isInput(metric) && INPUTS[metric].scale === 'tokens';
}

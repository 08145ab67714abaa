import { alignedLines, rangeText, significant } from '../format.js';
import { type DayUnit, dayUnitOf, dayUnitsPerGwh } from '../model/energy-per-day.js';
import type { RunReport } from '../run/run.js';
import type { Published } from '../scenario/resolved.js';
import { counted } from '../words.js';

/** Days of the scenario's fleet for a reader at a terminal; none without one. */
export function fleetLines({
  scenario,
  tables,
}: Pick<RunReport, 'scenario'> & { readonly tables: Pick<RunReport['tables'], 'fleet'> }): string[] {
  const { fleet, published } = scenario;
  if (fleet === undefined) return [];
  const unit = dayUnitIn(tables.fleet, published);
  const inUnit = (gwh: number | null) => (gwh ?? Number.NaN) * dayUnitsPerGwh(unit);
  const title = `fleet of ${counted(fleet.queries_per_day, 'query', 'queries')} a day, ${fleet.blend}`;
  return [
    '',
    ...alignedLines([
      [title, unit, '95 % interval (Monte Carlo error)', ...(published ? ['published'] : [])],
      ...tables.fleet.map(({ mix, improvement, gwh_per_day, gwh_low, gwh_high }) => [
        `  ${mix}${improvement === 'none' ? '' : `, ${improvement} improvement`}`,
        significant(inUnit(gwh_per_day)),
        rangeText(inUnit(gwh_low), inUnit(gwh_high), 4),
        publishedFleetText(mix, improvement, published),
      ]),
    ]),
  ];
}

/** One unit for all mixes, by the size of the smallest; published days are GWh. */
function dayUnitIn(fleet: RunReport['tables']['fleet'], published: Published | undefined): DayUnit {
  if (published && published.fleet.length > 0) return 'GWh/day';
  return dayUnitOf(Math.min(...fleet.map(({ gwh_per_day }) => gwh_per_day ?? Number.POSITIVE_INFINITY)));
}

function publishedFleetText(mix: string, improvement: string, published: Published | undefined): string {
  const day = published?.fleet.find((row) => row.mix === mix && row.improvement === improvement);
  return day ? `${day.gwh_per_day}` : '';
}

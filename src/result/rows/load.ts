import { compileDistribution } from '../../distributions/compile.js';
import { fullNodesAtPeak } from '../../model/load/fleet-size.js';
import { type LoadProfile, loadProfile } from '../../model/load/profile.js';
import { energyFactor, hourlyFactor, hourlyLoad, type LoadWeek, weekOf } from '../../model/load/week.js';
import { BASELINE } from '../../model/pathway.js';
import type { ResolvedFleet, ResolvedLoad } from '../../scenario/resolved.js';
import { meanAndStd } from '../../sketch/statistics.js';
import { finiteOrNull } from '../../tables/finite.js';
import type { LoadRow } from '../../tables/load-hours.js';
import { type FleetDay, fleetDays } from '../fleet-days.js';
import type { Result } from '../result.js';

/** What makes a week's ratios into a fleet; without one they stay ratios. */
interface Size {
  readonly mix: string;
  /** Full nodes that the peak hour needs. */
  readonly nodes: number;
  /** Mean power of the facility, MW. */
  readonly mean_mw: number | undefined;
}

const HOURS_PER_DAY = 24;
const MW_PER_GW = 1000;

/** Hours of the week, or of the day, for each mix; none where the scenario states no load. Shares of power are at their medians. */
export async function loadRows(result: Result): Promise<LoadRow[]> {
  const { name, load } = result.scenario;
  if (load === undefined) return [];
  const profile = loadProfile(load.hours);
  const week = await weekAtMedians(load, profile);
  return sizesOf(result, load, profile, week).flatMap((size) => hourRows(name, week, size));
}

async function weekAtMedians(load: ResolvedLoad, profile: LoadProfile): Promise<LoadWeek> {
  const [parked, active] = await Promise.all([load.parked, load.active].map(compileDistribution));
  const point = { ...load, parked: parked.quantile(0.5), active: active.quantile(0.5) };
  return weekOf(profile, point, load.lag_h);
}

function sizesOf(result: Result, load: ResolvedLoad, profile: LoadProfile, week: LoadWeek): Size[] {
  const { fleet } = result.scenario;
  if (fleet === undefined) return [{ mix: '', nodes: 1, mean_mw: undefined }];
  const days = fleetDays(result).filter(({ improvement }) => improvement === 'none');
  const ofFirst = days.filter(({ formula }) => formula === days[0].formula);
  return ofFirst.map((day) => ({
    mix: day.mix,
    nodes: fullNodesAtPeak(profile.mean, {
      queries_per_day: fleet.queries_per_day,
      node_seconds: secondsOf(result, fleet, day),
    }),
    mean_mw: (day.gwh_per_day * MW_PER_GW * (load.idle_to === 'query' ? 1 : energyFactor(week))) / HOURS_PER_DAY,
  }));
}

/** Node-seconds of a query of a mix in the mean. */
function secondsOf({ blends: { plan, sketches } }: Result, { blend, mixes }: ResolvedFleet, { mix }: FleetDay): number {
  const weights = mixes.find(({ name }) => name === mix)?.weights ?? {};
  const seconds = Object.entries(weights).map(([regime, weight]) => {
    const measure = plan.measures.find(
      ({ row }) =>
        row.subject === blend &&
        row.regime === regime &&
        row.metric === 'node_seconds' &&
        row.pathway === BASELINE &&
        row.trim === 'none',
    );
    return measure === undefined ? Number.NaN : weight * meanAndStd(sketches.histograms[measure.of]).mean;
  });
  return seconds.reduce((sum, one) => sum + one, 0);
}

function hourRows(scenario: string, week: LoadWeek, { mix, nodes, mean_mw }: Size): LoadRow[] {
  const [loads, factors] = [hourlyLoad(week), hourlyFactor(week)];
  const mean = week.energy.reduce((sum, one) => sum + one, 0) / week.energy.length;
  return week.arrived.map((arriving, hour) => ({
    scenario,
    mix,
    hour,
    arriving,
    node_load: loads[hour],
    nodes_owned: finiteOrNull(week.owned * nodes),
    nodes_serving: finiteOrNull(week.serving[hour] * nodes),
    nodes_parked: finiteOrNull((week.owned - week.serving[hour]) * nodes),
    energy_factor: finiteOrNull(factors[hour]),
    power_mw: mean_mw === undefined ? null : finiteOrNull((mean_mw * week.energy[hour]) / mean),
    late_share: arriving > 0 ? week.late[hour] / arriving : 0,
  }));
}

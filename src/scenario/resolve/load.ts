import type { Distribution } from '../../distributions/index.js';
import { supportOf } from '../../distributions/support.js';
import type { Path } from '../../errors.js';
import { floorAndLag } from '../../model/load/fleet-point.js';
import { loadComplaints } from '../../model/load/load-complaints.js';
import { loadProfile } from '../../model/load/profile.js';
import { SHIPPED_LOADS } from '../../model/load/shipped-profiles.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedLoad } from '../resolved.js';
import type { Scenario } from '../schema.js';
import { loadRanges } from '../sections/load.js';

type Load = NonNullable<Scenario['load']>;

/** The load with its hours. Complains of what cannot be, and of more than the week can serve; the result then counts for nothing. */
export function resolveLoad(load: Load, complain: Complain): ResolvedLoad | undefined {
  const { profile, autoscale, power, idle_to } = load;
  if (typeof profile === 'object' && 'file' in profile)
    throw new RangeError('the hours of a file are read before a scenario is resolved');
  const hours = typeof profile === 'string' ? SHIPPED_LOADS[profile] : profile;
  const complaints = loadComplaints(loadProfile(hours), loadRanges(load));
  for (const { path, message } of complaints) complain(['load', ...path], message);
  const isStated = typeof autoscale === 'object';
  const peak_load = numberOf(load.peak_load, ['peak_load'], complain);
  const growth = numberOf(load.growth, ['growth'], complain);
  const floor = isStated ? numberOf(autoscale.floor, ['autoscale', 'floor'], complain) : floorAndLag(autoscale).floor;
  const lag_h = isStated ? autoscale.lag_h : 0;
  const name = typeof profile === 'string' ? profile : '';
  return { profile: name, hours, peak_load, growth, floor, lag_h, parked: power.parked, active: power.active, idle_to };
}

/** How many nodes there are is decided once and not for each query. */
function numberOf(distribution: Distribution, path: Path, complain: Complain): number {
  const [low, high] = supportOf(distribution);
  if (low !== high) {
    const reason = 'decides how many nodes there are, which queries do not vary';
    complain(
      ['load', ...path],
      `${reason}: state a number, and sweep over several; power.parked and power.active may vary`,
    );
  }
  return low;
}

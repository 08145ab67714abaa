import { type StepTime, secondsPerOutputToken } from './output-token-time.js';
import { hourlyLoad, type ServingWeek } from './week.js';

/** How a week keeps a limit on the time per output token. */
export interface ServiceLevel {
  /** Seconds per output token in each hour; NaN in one that serves nothing. */
  readonly seconds: readonly number[];
  /** Of the slowest hour. */
  readonly worst_seconds: number;
  /** Mean over queries. */
  readonly mean_seconds: number;
  /** Share of the queries that are served in hours beyond the limit. */
  readonly share_beyond: number;
  /** Whether any are: the plan's energy is that of a service that breaks its limit. */
  readonly broken: boolean;
}

/**
 * The time per output token through the week against a limit. It follows from load and concurrency and changes no energy.
 *
 * @param limit_s seconds per output token that a plan states as its limit
 */
export function serviceLevel(week: ServingWeek, step: StepTime, limit_s: number): ServiceLevel {
  const load = hourlyLoad(week);
  const seconds = load.map((u) => (u > 0 ? secondsPerOutputToken(step, u) : Number.NaN));
  const served = week.served.reduce((sum, work) => sum + work, 0);
  const over = (value: (hour: number) => number) =>
    week.served.reduce((sum, work, hour) => (work > 0 ? sum + work * value(hour) : sum), 0) / served;
  const share_beyond = over((hour) => (seconds[hour] > limit_s ? 1 : 0));
  return {
    seconds,
    worst_seconds: secondsPerOutputToken(step, Math.max(...load)),
    mean_seconds: over((hour) => seconds[hour]),
    share_beyond,
    broken: share_beyond > 0,
  };
}

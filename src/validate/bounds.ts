import { significant } from '../format.js';
import type { Summary } from './summaries.js';

/** What predictions must keep: of each bucket of concurrency with enough rows, and of all rows. */
export const BOUNDS = { coverage90: 0.8, bias: 0.3, slope: 0.1, sd: 0.5, rows: 20 } as const;

/** Sentences about each bound that one formula's scores are beyond; groups below `BOUNDS.rows` rows prove nothing and break none. */
export function beyondBounds(summaries: readonly Summary[], formula: string): string[] {
  return summaries
    .filter((one) => one.formula === formula && one.n >= BOUNDS.rows)
    .flatMap((one) => {
      if (one.by === 'concurrency') return ofBucket(one);
      return one.by === 'all' ? ofAll(one) : [];
    });
}

function ofBucket({ group, assumption, coverage90, bias, n }: Summary): string[] {
  const where = `concurrency ${group}, ${n} rows, input length ${assumption + 1}`;
  return [
    ...(coverage90 < BOUNDS.coverage90
      ? [`${where}: 90 % intervals cover ${significant(coverage90)}, below ${BOUNDS.coverage90}`]
      : []),
    ...(Math.abs(bias) > BOUNDS.bias ? [`${where}: median ln error ${significant(bias)}, beyond ±${BOUNDS.bias}`] : []),
  ];
}

function ofAll({ assumption, slope, sd, n }: Summary): string[] {
  const where = `all ${n} rows, input length ${assumption + 1}`;
  return [
    ...(slope !== null && Math.abs(slope) > BOUNDS.slope
      ? [`${where}: the error rises by ${significant(slope)} for each e-fold of concurrency, beyond ±${BOUNDS.slope}`]
      : []),
    ...(sd > BOUNDS.sd
      ? [`${where}: the ln error's standard deviation is ${significant(sd)}, above ${BOUNDS.sd}`]
      : []),
  ];
}

import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type LoadProfile, loadProfile } from '../../src/model/load/profile.js';
import { type ProfileRow, type ShippedProfile, shippedProfile } from '../../src/model/load/shipped-profiles.js';

const FILE = new URL('../../scenarios/data/load-profiles.csv', import.meta.url);

const rows: ProfileRow[] = parse(readFileSync(FILE), { columns: true });

/** A profile that ships, from its table. */
export function shipped(name: ShippedProfile): LoadProfile {
  return loadProfile(shippedProfile(rows, name));
}

/** A day with `high` hours at load 1 and the rest at `low`. */
export function twoLevels(high: number, low: number): LoadProfile {
  return loadProfile(Array.from({ length: 24 }, (_, hour) => (hour < high ? 1 : low)));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

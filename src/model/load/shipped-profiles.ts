import { AZURE_2024_CODE, AZURE_2024_CONVERSATION } from './azure-2024.js';
import { HOURS_OF_WEEK } from './profile.js';

/**
 * Profiles that ship, by the name they have in scenarios/data/load-profiles.csv: one week each of two services. Source: Azure
 * LLM inference trace 2024 (Stojkovic et al., DynamoLLM, HPCA 2025), requests per minute read off its published plots.
 */
export const SHIPPED_PROFILES = ['azure-2024-conversation', 'azure-2024-code'] as const;

export type ShippedProfile = (typeof SHIPPED_PROFILES)[number];

/** One row of load-profiles.csv, as text. */
export type ProfileRow = Readonly<Record<'record' | 'profile' | 'hour_of_week' | 'requests_per_minute', string>>;

/** Requests per minute in each hour of the week, from Monday 00:00 UTC. Throws a RangeError if an hour is missing. */
export function shippedProfile(rows: readonly ProfileRow[], name: ShippedProfile): number[] {
  const loads = new Array<number>(HOURS_OF_WEEK).fill(Number.NaN);
  for (const row of rows) {
    if (row.record === 'hour_of_week' && row.profile === name)
      loads[Number(row.hour_of_week)] = Number(row.requests_per_minute);
  }
  const missing = loads.findIndex(Number.isNaN);
  if (missing >= 0) throw new RangeError(`load-profiles.csv has no hour_of_week ${missing} for ${name}`);
  return loads;
}

/** Loads by hour of the profiles that ship. */
export const SHIPPED_LOADS: Readonly<Record<ShippedProfile, readonly number[]>> = {
  'azure-2024-conversation': AZURE_2024_CONVERSATION,
  'azure-2024-code': AZURE_2024_CODE,
};

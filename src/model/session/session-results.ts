import type { ResultName } from '../quantities.js';

/** Results that only sessions have, in table order. */
export const SESSION_RESULTS = [
  'energy_per_session',
  'energy_per_request',
  'energy_per_success',
  'requests',
  'longest_context',
  'session_cut',
] as const satisfies readonly ResultName[];

/** Name of a result of sessions. */
export type SessionResult = (typeof SESSION_RESULTS)[number];

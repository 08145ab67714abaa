import { managementNotes } from '../../model/power-management/management-complaints.js';
import { capDefaults, clockDefaults, type PowerManagement } from '../../model/power-management/power-management.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/**
 * A lever with all its exponents. Sections are checked before: exactly one of clock and cap is there. Complains of sessions, whose
 * turns are not split into phases.
 */
export function resolvePowerManagement(
  { power_management: said }: Scenario,
  regimes: readonly ResolvedRegime[],
  complain: Complain,
): PowerManagement | undefined {
  if (said === undefined) return undefined;
  if (regimes.some(({ session }) => session !== undefined))
    complain(['power_management'], 'cannot stand beside session: its turns are not split into prefill and decode');
  const { clock, cap, ...numbers } = said;
  if (clock !== undefined) return { ...clockDefaults(said.phase), ...numbers, clock };
  return cap === undefined ? undefined : { ...capDefaults(said.phase), ...numbers, cap };
}

/** What readers must know of a lever: where it does nothing, where it is an extrapolation. */
export function managementWarnings(management: PowerManagement | undefined): string[] {
  return management ? managementNotes(management).map((note) => `power_management: ${note}`) : [];
}

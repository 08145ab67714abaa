import type { Aliases } from '../../model/catalogue/aliases.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Scenario } from '../schema.js';

/**
 * The accelerator of the nodes: as `hardware` says, else the one that all rows in use were measured on. Undefined where nothing
 * says it, and of rows of several.
 */
export function acceleratorOf({ hardware }: Scenario, measured: Measurements, aliases: Aliases): string | undefined {
  if (hardware !== undefined) return hardware.accelerator;
  const named = new Set(
    measured.rows.flatMap((row) =>
      Object.values(row.hardware).flatMap((text) => aliases.find('accelerator', text)?.canonical_name ?? []),
    ),
  );
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

import type { Aliases } from '../../model/catalogue/aliases.js';
import { hardware as catalogueHardware } from '../../model/catalogue/hardware.js';
import { unknownText } from '../../model/catalogue/names.js';
import type { Measurements } from '../dataset/measurements.js';
import type { Complain } from '../kinds/kind.js';
import type { Scenario } from '../schema.js';

/** Complains of an accelerator that no table knows, with the nearest names; returns whether all is well. */
export function checkAccelerator({ hardware }: Scenario, aliases: () => Aliases, complain: Complain): boolean {
  if (hardware === undefined) return true;
  const found = catalogueHardware(hardware.accelerator, aliases());
  if ('found' in found) return true;
  const message = unknownText('accelerator', hardware.accelerator, 'hardware.csv', found.unknown);
  complain(['hardware', 'accelerator'], message);
  return false;
}

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

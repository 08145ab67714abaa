/** A unit of a fleet's energy. */
export interface EnergyUnit {
  readonly unit: 'GWh' | 'MWh';
  /** Of it in a GWh. */
  readonly factor: number;
}

/** The unit in which a fleet's energy is a number that can be read. @param gwh the largest energy shown */
export function energyUnit(gwh: number): EnergyUnit {
  return gwh >= 0.5 ? { unit: 'GWh', factor: 1 } : { unit: 'MWh', factor: 1000 };
}

/** A fleet's energy of a day in GWh, from a number in whichever unit its row says: GWh/day, MWh/day or kWh/day. */
export function gwhOf(value: number, unit: string): number {
  const factor = { G: 1, M: 1e-3, k: 1e-6 }[unit.charAt(0)];
  if (factor === undefined) throw new RangeError(`${unit} is no unit of a fleet’s day`);
  return value * factor;
}

/** What managing its power makes of one phase of serving. */
export interface PhaseEffect {
  /** Work per second over that of the unmanaged node, in (0, 1]. */
  readonly speed: number;
  /** Power of the node in the phase over its unmanaged power, in (0, 1]. */
  readonly power: number;
}

/** A phase that is left alone. */
export const UNMANAGED: PhaseEffect = { speed: 1, power: 1 };

/** Energy of the phase's work over that of the unmanaged node. */
export function energyRatio({ speed, power }: PhaseEffect): number {
  return power / speed;
}

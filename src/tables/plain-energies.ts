import { BASELINE } from '../model/pathway.js';

/** Whether a row is of the energy of a model or an untrimmed blend, without any pathway. */
export function isPlainEnergy({
  metric,
  pathway,
  trim,
}: {
  readonly metric: string;
  readonly pathway: string;
  readonly trim: string;
}): boolean {
  return metric === 'energy' && pathway === BASELINE && trim === 'none';
}

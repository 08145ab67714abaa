import { percent, significant } from '../format.js';
import type { MeasuredRow } from './measured-row.js';

/** Two of a row's figures may differ by so much. */
const ALLOWED = 0.1;

/**
 * What of a row contradicts itself: its energy per output token as stated, from its energy per request, and from its power and
 * throughput, which are one thing at steady state. Undefined where they agree within 10 %, or where there is one of them only.
 */
export function contradictionOf(row: Omit<MeasuredRow, 'boundary'>): string | undefined {
  const { energy_wh, output_tokens, power_w, tps, joules_per_token } = row;
  const figures = [
    { name: 'power_w over output_tokens_per_second_total', joules: divided(power_w, tps) },
    { name: 'energy_wh_per_request over output_tokens', joules: divided(energy_wh, output_tokens, 3600) },
    { name: 'energy_j_per_output_token', joules: joules_per_token },
  ].flatMap(({ name, joules }) => (joules === undefined ? [] : [{ name, joules }]));
  const [first] = figures;
  const other = figures.find(({ joules }) => Math.abs(joules / first.joules - 1) > ALLOWED);
  if (other === undefined) return undefined;
  const off = percent(other.joules / first.joules - 1);
  return `${other.name} gives ${significant(other.joules)} J per output token, ${first.name} gives ${significant(first.joules)}: ${off} apart; correct one, or leave it empty`;
}

function divided(of: number | undefined, by: number | undefined, times = 1): number | undefined {
  return of === undefined || by === undefined ? undefined : (of * times) / by;
}

import { percent, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { Calibration } from '../validate/calibrate.js';
import { engineVersion } from '../version.js';
import { counted } from '../words.js';

/** Digits of a cost: more than measurements bear, few enough to read. */
const DIGITS = 4;

/**
 * What was calibrated as a scenario that runs: its keys with the rows' medians for lengths and concurrency. Of the load, which no
 * measurement at steady state tells, the powers stand in a comment.
 */
export function calibrationText(calibration: Calibration, file: string): string {
  const { name, model, lines, costs, loo_error, prior_share, node_power_kw, power, typical } = calibration;
  const { a, b, c, w } = costs;
  const cost = (value: number) => value.toPrecision(DIGITS);
  const loo = loo_error === null ? 'one row' : `each row from the others to ${percent(Math.expm1(loo_error))} (median)`;
  const span = `lines ${Math.min(...lines)}–${Math.max(...lines)}`;
  return `${[
    comment(
      `Calibrated by tokenjoule ${engineVersion()} from ${file}, ${counted(lines.length, 'row')} (${span}): ${name}.`,
    ),
    comment(`Costs predict ${loo}; other models tell ${percent(prior_share)} of them.`),
    'version: 1',
    `name: ${idOf(name)}`,
    `description: ${JSON.stringify(printableLine(`${name}, calibrated by own measurements`))}`,
    `seed: ${idOf(name)}`,
    'samples: 100000',
    '',
    `node_power_kw: ${node_power_kw} # rated, of eight accelerators`,
    'models:',
    `  ${JSON.stringify(printableLine(model))}:`,
    '    node_seconds:',
    `      per_input_token: ${cost(a)}`,
    `      per_output_token: ${cost(b)}`,
    `      per_context_token: ${cost(c)}`,
    `      per_step: ${cost(w)} # shared by the queries in flight`,
    ...powerLines(power),
    'pue: 1.2 # not measured: state your facility’s',
    '',
    `concurrency: ${Math.max(1, Math.round(typical.concurrency))} # median of the rows, on a whole node`,
    `input_tokens: ${Math.round(typical.input_tokens)} # median of the rows`,
    `output_tokens: ${Math.round(typical.output_tokens)} # median of the rows; mean lengths, not a distribution`,
    'regimes: { measured: }',
  ].join('\n')}\n`;
}

function powerLines(power: Calibration['power']): string[] {
  if (power === undefined) return ['power_utilization: 0.6 # no row states power'];
  const { utilization, active, parked } = power;
  const states = [...(parked === null ? [] : [`parked: ${significant(parked)}`]), `active: ${significant(active)}`];
  return [
    `power_utilization: ${significant(utilization)} # of a full node, at the wall`,
    comment(`load: { profile: azure-2024-conversation, power: { ${states.join(', ')} } } # with your own profile`),
  ];
}

function comment(text: string): string {
  return `# ${printableLine(text)}`;
}

/** A name in letters, digits and '-'. */
function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}

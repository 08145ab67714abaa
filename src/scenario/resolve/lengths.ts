import type { Path } from '../../errors.js';
import type { RegimeInput } from '../../model/quantities.js';
import type { Complain } from '../kinds/kind.js';
import type { Scenario } from '../schema.js';

/** Inputs that rows of a trace have. */
const LENGTHS = ['input_tokens', 'output_tokens', 'cached_input_tokens'] as const;

const PAIR = ['input_tokens', 'output_tokens'] as const;

type Stating = Partial<Pick<Scenario, 'lengths' | (typeof LENGTHS)[number]>>;

/** Whether rows of a trace may have an input. */
export function isLength(input: RegimeInput): input is (typeof LENGTHS)[number] {
  return LENGTHS.some((one) => one === input);
}

/** Whether a regime says itself how long its queries are. */
export function statesLengths(own: Stating): boolean {
  return own.lengths !== undefined || PAIR.some((input) => own[input] !== undefined);
}

/** Complains of lengths that are said twice, and of regimes that would take half of a row. */
export function checkLengths(scenario: Scenario, complain: Complain): void {
  complainOfTwice(scenario, [], complain);
  for (const [name, own] of Object.entries(scenario.regimes)) {
    complainOfTwice(own, ['regimes', name], complain);
    if (own.lengths === undefined && scenario.lengths) complainOfHalf(own, name, complain);
  }
}

function complainOfTwice(stating: Stating, path: Path, complain: Complain): void {
  const { lengths } = stating;
  if (lengths === undefined) return;
  const twice = LENGTHS.filter(
    (input) => stating[input] !== undefined && (isPair(input) || lengths[input] !== undefined),
  );
  for (const input of twice) {
    complain([...path, input], `stands beside lengths, whose rows have ${input} already; leave one of the two out`);
  }
}

function complainOfHalf(own: Stating, name: string, complain: Complain): void {
  const [stated, other] = PAIR.map((input) => own[input] !== undefined);
  if (stated === other) return;
  const [one, missing] = stated ? PAIR : [...PAIR].reverse();
  complain(
    ['regimes', name, one],
    `would take ${missing} from rows of the top level's trace and tear their pairs apart; state ${missing} here, too`,
  );
}

function isPair(input: string): boolean {
  return PAIR.some((one) => one === input);
}

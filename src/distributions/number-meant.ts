/** A number within text that is no plain number: what it may be, and the unit or multiple that stands behind it. */
interface NumberInText {
  /** More than one where a comma may be a decimal comma or a thousands separator: the likelier one first. */
  readonly values: readonly number[];
  readonly suffix: string;
  readonly quoted: boolean;
}

/** Multiples that people write behind a number. */
const MULTIPLES: Readonly<Record<string, number>> = {
  '%': 0.01,
  percent: 0.01,
  k: 1e3,
  thousand: 1e3,
  M: 1e6,
  million: 1e6,
  G: 1e9,
  B: 1e9,
  bn: 1e9,
  billion: 1e9,
};

/** What one of a unit is in the unit that a key is in, by that unit. */
const CONVERSIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  kW: { W: 1e-3, watt: 1e-3, watts: 1e-3, kW: 1, kw: 1, MW: 1e3 },
  tokens: { token: 1, tokens: 1, tok: 1 },
  'tokens/s': { 'tokens/s': 1, 'token/s': 1, 'tok/s': 1, 't/s': 1, tps: 1, 'tokens per second': 1 },
};

/** What a binary prefix counts: people say 8k for 8192 tokens, too. */
const BINARY_K = 1024;

/**
 * What to write in place of text that holds one number, or nothing where none can be told: decimal commas, thousands
 * separators, full-width digits, percents, multiples (`6k`) and the unit of the key itself.
 *
 * @param unit what the key is in, e.g. kW
 * @param possible whether a number may stand there at all: only such are named
 */
export function numberRemedy(text: string, unit = '', possible: (value: number) => boolean = () => true): string {
  const found = numberIn(text);
  const factors = found && factorsOf(found.suffix, unit);
  if (!found || !factors) return '';
  const all = factors.flatMap((factor) => found.values.map((value) => Number((value * factor).toPrecision(15))));
  const [first, second] = all.filter(possible);
  if (first === undefined) return '';
  if (found.quoted) return `write ${first} without quotes`;
  if (second === undefined) return `write ${first}`;
  return `write ${first}, or ${second} if that is meant`;
}

function factorsOf(suffix: string, unit: string): readonly number[] | undefined {
  if (suffix === '') return [1];
  const conversion = CONVERSIONS[unit]?.[suffix];
  if (conversion !== undefined) return [conversion];
  const [, multiple = '', rest = ''] = /^(%|percent|thousand|million|billion|bn|[kKMGB])\s*(.*)$/.exec(suffix) ?? [];
  const factor = MULTIPLES[multiple === 'K' ? 'k' : multiple];
  const isKnown = rest === '' || CONVERSIONS[unit]?.[rest] === 1;
  if (factor === undefined || !isKnown) return undefined;
  return factor === MULTIPLES.k && unit === 'tokens' ? [factor, BINARY_K] : [factor];
}

/** Signs that say "about", "more than" and the like. */
const ABOUT = /^(?:[~≈≤≥<>=]+|ca\.|about|approx\.?)\s*/i;

function numberIn(text: string): NumberInText | undefined {
  // Full-width digits and no-break spaces become plain ones.
  const plain = text.normalize('NFKC').replaceAll('−', '-').trim().replace(ABOUT, '');
  const [, sign, digits, exponent = '', suffix] =
    /^([+-]?)(\.?\d(?:[\d.,'’_\s]*\d)?[.,]?)(e[+-]?\d+)?\s*([^\d\s].*)?$/i.exec(plain) ?? [];
  if (digits === undefined || /\d/.test(suffix ?? '')) return undefined;
  const values = decimalsOf(digits).map((decimal) => Number(`${sign}${decimal}${exponent}`));
  if (values.length === 0 || !values.every(Number.isFinite)) return undefined;
  return { values, suffix: suffix ?? '', quoted: plain === text && String(Number(text)) === text };
}

/** The decimals that digits with separators may be. */
function decimalsOf(digits: string): string[] {
  const joined = withoutGaps(digits);
  if (joined === undefined) return [];
  const [dots, commas] = ['.', ','].map((separator) => joined.split(separator).length - 1);
  if (commas === 0 && dots <= 1) return [joined];
  if (commas > 0 && dots > 0) return bothSeparators(joined);
  const separator = commas > 0 ? ',' : '.';
  if (commas + dots > 1) return isGrouped(joined, separator) ? [joined.replaceAll(separator, '')] : [];
  const decimal = joined.replace(',', '.');
  if (!isGrouped(joined, ',')) return [decimal];
  return joined.endsWith(',000') ? [joined.replace(',', '')] : [joined.replace(',', ''), decimal];
}

/** 1.024,5 and 1,024.5: what stands last is the decimal sign. */
function bothSeparators(digits: string): string[] {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const whole = digits.slice(0, last);
  const separator = digits[last] === ',' ? '.' : ',';
  return isGrouped(whole, separator) ? [`${whole.replaceAll(separator, '')}.${digits.slice(last + 1)}`] : [];
}

/** Whether a separator stands between groups of three digits: 1,024 and 12,345,678, but not 0,125. */
function isGrouped(digits: string, separator: string): boolean {
  const [first, ...groups] = digits.split(separator);
  return /^[1-9]\d{0,2}$/.test(first) && groups.length > 0 && groups.every((group) => /^\d{3}$/.test(group));
}

/**
 * Without the spaces, apostrophes and underscores between groups of digits; undefined where they divide something else:
 * 128 128 is more likely two lengths than one.
 */
function withoutGaps(digits: string): string | undefined {
  const groups = digits.split(/[\s'’]/);
  const [first, ...others] = groups;
  const last = others[others.length - 1];
  const grouped =
    /^\d{1,2}$/.test(first) &&
    others.slice(0, -1).every((group) => /^\d{3}$/.test(group)) &&
    /^\d{3}([.,]\d+)?$/.test(last);
  return groups.length === 1 || grouped ? groups.join('').replaceAll('_', '') : undefined;
}

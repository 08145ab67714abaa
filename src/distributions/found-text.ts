const LONGEST = 40;

/** What a user wrote in place of something else, short enough for one line of a complaint. */
export function foundText(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return `the text ${JSON.stringify(shortened(value))}`;
  if (typeof value === 'object' && value !== null) return shortened(keysText(Object.keys(value)));
  return String(value);
}

/** `{p5, p95}` */
export function keysText(keys: readonly string[]): string {
  return `{${keys.join(', ')}}`;
}

/** `a, b or c` */
export function choiceText(choices: readonly string[]): string {
  const last = choices[choices.length - 1];
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

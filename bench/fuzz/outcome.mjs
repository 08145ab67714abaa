// What a fuzzer wants of every input: an answer, or an InputError whose words are for the writer, within a second.
import { InputError } from '../../dist/errors.js';

/** Longer than this for one input is a finding; so are words that only the program's author understands. */
const MOST_MS = 1000;
const BAD_WORDS =
  /\bundefined\b|\[object |\bNaN\b(?!")|\bis not a function\b|\bCannot read\b|\bat .*\.js:\d+|\bunexpected token\b/;
const MOST_PROBLEMS = 21;

/**
 * @param read makes the answer
 * @param judge complains of an answer that is none; absent: any will do
 * @returns the finding in words; undefined where all is well
 */
export async function findingOf(read, input, judge = () => undefined) {
  const begun = performance.now();
  let finding;
  let refused = false;
  try {
    finding = judge(await read());
  } catch (error) {
    refused = error instanceof InputError;
    finding = refused ? ofMessage(error, input) : `${error?.stack ?? error}`;
  }
  const ms = performance.now() - begun;
  return { refused, finding: ms > MOST_MS ? `took ${ms.toFixed(0)} ms` : finding };
}

function ofMessage({ message, problems }, input) {
  const own = message.split('\n').find((line) => BAD_WORDS.test(line) && !input.includes(BAD_WORDS.exec(line)[0]));
  if (own !== undefined) return `words: ${own}`;
  if (message.trim() === '') return 'an empty message';
  return problems.length > MOST_PROBLEMS ? `${problems.length} problems at once` : undefined;
}

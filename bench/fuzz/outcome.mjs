// What a fuzzer wants of every input: an answer, or an InputError whose words are for the writer, within a second.
import { InputError, RunError } from '../../dist/errors.js';

/** Longer than this for one input is a finding; so are words that only the program's author understands. */
const MOST_MS = 1000;
const BAD_WORDS =
  /\bundefined\b|\[object |\bNaN\b(?!")|\bis not a function\b|\bCannot read\b|\bat .*\.js:\d+|\bunexpected token\b/;
const MOST_PROBLEMS = 21;

/**
 * @param read makes the answer
 * @param judge complains of an answer that is none; absent: any will do
 * @returns whether it was refused, the milliseconds, and the finding in words; undefined where all is well
 */
export async function findingOf(read, input, judge = () => undefined) {
  const first = await tried(read, input, judge);
  // Once more, by processor time: what is compiled or collected on the way is not the input's, and others use the machine.
  const ms = first.ms > MOST_MS ? await processorMs(() => tried(read, input, judge)) : first.ms;
  return { ...first, ms, finding: ms > MOST_MS ? `took ${ms.toFixed(0)} ms` : first.finding };
}

async function tried(read, input, judge) {
  const begun = performance.now();
  let finding;
  let refused = false;
  try {
    finding = judge(await read());
  } catch (error) {
    // A run may end with a message of its own, e.g. that values lie too far apart to be counted.
    refused = error instanceof InputError || error instanceof RunError;
    finding = refused ? ofMessage(error, input) : `${error?.stack ?? error}`;
  }
  return { refused, ms: performance.now() - begun, finding };
}

async function processorMs(act) {
  const begun = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function ofMessage({ message, problems = [] }, input) {
  const said = input.toLowerCase();
  const own = message
    .split('\n')
    .find((line) => BAD_WORDS.test(line) && !said.includes(BAD_WORDS.exec(line)[0].toLowerCase()));
  if (own !== undefined) return `words: ${own}`;
  if (message.trim() === '') return 'an empty message';
  return problems.length > MOST_PROBLEMS ? `${problems.length} problems at once` : undefined;
}

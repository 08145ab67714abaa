// Runs a fuzzer for a time: counts inputs, refusals and findings, keeps the smallest input of each kind of finding.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import seedrandom from 'seedrandom';

const MOST_KINDS = 50;

/**
 * @param name of the fuzzer
 * @param args seconds, seed and the folder for what it finds, as on the command line
 * @param next makes an input and tries it: `{ input, extension, refused, ms, finding }`
 * @returns the number of kinds of findings
 */
export async function fuzz(name, [seconds = '60', seed = name, folder = 'fuzz-findings'], next) {
  const random = seedrandom(seed);
  const end = performance.now() + 1000 * Number(seconds);
  const findings = new Map();
  let [tried, refusals, slowest] = [0, 0, 0];
  while (performance.now() < end && findings.size < MOST_KINDS) {
    const { input, extension, refused, ms, finding } = await next(random);
    slowest = Math.max(slowest, ms);
    tried++;
    if (refused) refusals++;
    if (finding === undefined) continue;
    const kind = kindOf(finding);
    const known = findings.get(kind);
    if (known === undefined || known.input.length > input.length) findings.set(kind, { input, extension, finding });
  }
  const share = `${refusals} refused with a message`;
  console.log(
    `${name}: ${tried} inputs in ${seconds} s, ${share}, slowest ${slowest.toFixed(0)} ms, ${findings.size} kinds of findings`,
  );
  for (const [i, one] of [...findings.values()].entries())
    keep(join(folder, `${name}-${i}${one.extension}`), folder, one);
  return findings.size;
}

/** One finding for all inputs that differ in names and numbers only. */
function kindOf(finding) {
  return finding
    .split('\n')
    .slice(0, 3)
    .join(' ')
    .replaceAll(/"[^"]*"|\d+/g, '#')
    .slice(0, 200);
}

function keep(file, folder, { input, finding }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, input);
  console.log(`\n${file}\n${finding}`);
}

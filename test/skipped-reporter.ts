import process from 'node:process';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { inWords } from './needs.js';

/**
 * Says in the last lines what was skipped on this machine, and what brings it. Where everything is asked for
 * (TOKENJOULE_ALL_TESTS=1), a skipped test makes the run fail.
 */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const reason of modules.flatMap((one) => [...one.children.allTests('skipped')]).flatMap(reasonsOf))
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    if (counts.size === 0) return;
    process.stdout.write(`${textOf(counts)}\n`);
    if (process.env.TOKENJOULE_ALL_TESTS === '1') process.exitCode = 1;
  }
}

/** Empty for a test that was left out by a filter. */
function reasonsOf(test: TestCase): readonly string[] {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return [...(test.meta().lacking ?? []).map(inWords), ...(note ? [note] : [])];
}

function textOf(counts: ReadonlyMap<string, number>): string {
  const kinds = [...counts].map(([reason, count]) => `${String(count).padStart(6)} that need ${reason}`);
  return [
    'Tests skipped on this machine:',
    ...kinds.sort(),
    'Everything: .ci/run, which installs all of it (Debian, as root); or, with all of it here, TOKENJOULE_ALL_TESTS=1 npm test',
  ].join('\n');
}

// docs/frontier.md against the script that prints its table, of fewer draws: the steps add up, and the numbers are those of the page within
// Monte Carlo error. What it cannot see: whether the reasons it gives are the right ones.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { needs } from '../needs.js';

const run = promisify(execFile);

/** Rows of the first table of a text: by what they are of, their numbers. */
function rowsOf(text: string): ReadonlyMap<string, readonly number[]> {
  const [, , ...rows] = text.match(/^\|.*\|$/gm) ?? [];
  return new Map(
    rows.map((row) => {
      const [, what, ...cells] = row.split('|').map((cell) => cell.trim());
      return [what, cells.slice(0, -1).map(Number)];
    }),
  );
}

describe('docs/frontier.md', () => {
  it('has steps from the paper to today that add up', async () => {
    const rows = rowsOf(await readFile('docs/frontier.md', 'utf8'));
    expect(rows.size).toBe(6);
    for (const [what, [paper, ...moved]] of rows) {
      const today = moved.pop()!;
      const sum = moved.reduce((all, one) => all + one, paper);
      const rounding = 0.005 * (paper + Math.max(...moved.map(Math.abs)));
      expect({ what, off: Math.abs(sum - today) < rounding }).toEqual({ what, off: true });
    }
  });

  it('has the numbers that the script prints', { timeout: 300_000, ...needs('minutes') }, async () => {
    const page = rowsOf(await readFile('docs/frontier.md', 'utf8'));
    const { stdout } = await run('node', ['scripts/frontier.mjs', '50000']);
    const printed = rowsOf(stdout);
    expect([...printed.keys()]).toEqual([...page.keys()]);
    for (const [what, numbers] of page) {
      const [paper, today] = [numbers[0], numbers[numbers.length - 1]];
      const found = printed.get(what)!;
      expect(found[0] / paper).toBeCloseTo(1, 1);
      expect(found[found.length - 1] / today).toBeCloseTo(1, 1);
    }
  });
});

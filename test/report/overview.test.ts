// The overview of a folder of runs: each run in contents and table, the finding recomputed. What it cannot see: how it looks.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { reportCommand } from '../../src/commands/report.js';
import { readTable } from '../../src/tables/read.js';
import { inTemporaryFolder, runInto, small } from '../folders.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';

it('of a folder of runs is one page with a place in contents and a row for each, and links to the reports that are there', async () => {
  await inTemporaryFolder(async (out) => {
    const first = await runInto(out, await small({ name: 'first' }));
    await runInto(out, await small({ name: 'second', description: '<b>bold</b>' }));
    await writeFile(join(first, 'report.html'), '');
    expect(await reportCommand([out, '-q'], recording())).toBe(0);
    const { document } = parseHTML(await readFile(join(out, 'report.html'), 'utf8'));
    expect([...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href'))).toEqual([
      'first/report.html',
    ]);
    expect(document.querySelectorAll('nav li')).toHaveLength(2);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(2);
    const { rows } = await readTable(join(first, 'summary.arrow'));
    const { p50 } = rows.find(({ metric }) => metric === 'energy')!;
    expect(document.querySelector('.headline')!.textContent).toContain(`${Number(Number(p50).toPrecision(3))} Wh`);
    expect(document.querySelectorAll('b')).toHaveLength(0);
  });
});

it('of 60 runs draws the 20 largest and smallest medians, and has all in the table', needs('minutes'), async () => {
  await inTemporaryFolder(async (out) => {
    const first = await runInto(out, await small({ name: 'run-0' }));
    for (let i = 1; i < 60; i++) await cp(first, join(out, `run-${i}`), { recursive: true });
    expect(await reportCommand([out, '-q'], recording())).toBe(0);
    const { document } = parseHTML(await readFile(join(out, 'report.html'), 'utf8'));
    expect(document.querySelectorAll('tbody tr')).toHaveLength(60);
    expect(document.querySelectorAll('#overview svg.wide [aria-label=dot] circle')).toHaveLength(40);
  });
});

it('reads only the rows that have the texts it is asked for', async () => {
  await inTemporaryFolder(async (out) => {
    const folder = await runInto(out, await small({}));
    const file = join(folder, 'summary.arrow');
    const { rows } = await readTable(file);
    const wanted = rows.filter(({ metric, trim }) => metric === 'energy' && trim === 'none');
    expect((await readTable(file, { metric: 'energy', trim: 'none' })).rows).toEqual(wanted);
    expect(wanted.length).toBeLessThan(rows.length);
  });
});

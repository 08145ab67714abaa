// The report as a file. What it looks like no test here sees; test/explorer opens a page in a browser.
import { copyFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { reportCommand } from '../../src/commands/report.js';
import { runScenario } from '../../src/run/run.js';
import type { Table } from '../../src/tables/columns.js';
import { readTable } from '../../src/tables/read.js';
import { SENSITIVITY } from '../../src/tables/studies.js';
import { sweepTable } from '../../src/tables/sweep.js';
import { encodeTable } from '../../src/tables/write.js';
import { openPool } from '../../src/workers/open-pool.js';
import { inTemporaryFolder, runInto, shipped, small } from '../folders.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';

const report = (...folders: string[]) => reportCommand(folders, recording());

async function reportOf(folder: string): Promise<string> {
  await report(folder);
  return readFile(join(folder, 'report.html'), 'utf8');
}

interface Linking {
  readonly tagName: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
}

function isHarmless(element: Linking): boolean {
  const href = element.getAttribute('href')!;
  if (element.tagName !== 'A') return href.startsWith('#');
  return /^(#|https?:)/.test(href) || (href.startsWith('data:') && element.hasAttribute('download'));
}

describe('the report of the paper', () => {
  const run = inTemporaryFolder(async (out) => {
    const folder = await runInto(out, await shipped('oviedo-2026'));
    return { page: await reportOf(folder), summary: (await readTable(join(folder, 'summary.arrow'))).rows };
  });
  const page = run.then((one) => one.page);

  test('says the median and the interquartile range in words', needs('minutes'), async () => {
    const { summary } = await run;
    const row = summary.find(
      (one) =>
        one.regime === 'traditional' &&
        one.subject === 'frontier' &&
        one.metric === 'energy' &&
        one.pathway === 'baseline' &&
        one.trim === 'p14-p86',
    )!;
    const said = (await page).match(
      /One <em>traditional<\/em> query to the frontier blend takes <strong>(\S+) Wh<\/strong> in the median and (\S+) Wh in the mean; half of the queries take (\S+)–(\S+) Wh/,
    )!;
    expect(said.slice(1).map(Number)).toEqual(
      [row.p50, row.mean, row.p25, row.p75].map((value) => Number((value as number).toPrecision(3))),
    );
  });

  test('is smaller than 2 MB', needs('minutes'), async () => {
    expect((await page).length).toBeLessThan(2e6);
  });

  test('asks no network for anything', async () => {
    const { document } = parseHTML(await page);
    const asking = [...document.querySelectorAll('[src], script, link, image, iframe, object')];
    expect(asking).toHaveLength(0);
    // What a reader may click: a place on the page, a file that the page itself holds, a source.
    const others = [...document.querySelectorAll('[href]')].filter((element) => !isHarmless(element));
    expect(others.map((element) => element.outerHTML.slice(0, 200))).toEqual([]);
    expect(await page).not.toMatch(/url\((?!#)|@import/);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
  });

  test('tells screen readers what each figure shows, in ids that are there once', async () => {
    const { document } = parseHTML(await page);
    const figures = [...document.querySelectorAll('figure svg')];
    expect(figures).toHaveLength(16);
    for (const svg of figures) {
      expect(svg.getAttribute('role')).toBe('img');
      for (const id of svg.getAttribute('aria-labelledby')!.split(' ')) {
        expect(document.getElementById(id)!.textContent!.length).toBeGreaterThan(10);
      }
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has the numbers of each figure in a table with headed rows', async () => {
    const { document } = parseHTML(await page);
    const tables = [...document.querySelectorAll('table')];
    expect(tables.length).toBeGreaterThanOrEqual(7);
    for (const table of tables) expect(table.querySelectorAll('tbody th[scope=row]').length).toBeGreaterThan(0);
  });

  test('draws every measurement that throughput is fitted to under both forms, and where the draws are', async () => {
    const scenario = await shipped('oviedo-2026');
    const measured = scenario.models.flatMap(({ measured = [] }) => measured);
    const { document } = parseHTML(await page);
    expect(document.querySelectorAll('#run-0-throughput svg.wide [aria-label=dot] circle')).toHaveLength(
      2 * measured.length,
    );
    const hills = [...document.querySelectorAll('#run-0-throughput svg.wide text')].map(
      ({ textContent }) => textContent,
    );
    for (const { name } of scenario.regimes)
      expect(hills.filter((text) => text === name)).toHaveLength(2 * scenario.models.length);
  });

  test('shows the estimates of others with what they count', async () => {
    expect(await page).toContain('accelerators, host CPU and DRAM, idle capacity, facility overhead (PUE)');
  });

  test('says how to make it again', async () => {
    expect(await page).toContain('node dist/cli.cjs run FILE --samples 2000 --seed oviedo</pre>');
    expect(await page).not.toContain('npm install');
  });
});

test('a scenario of one’s own, that states nothing published, is told untrimmed', needs('minutes'), async () => {
  await inTemporaryFolder(async (out) => {
    const { published: _, ...own } = await shipped('oviedo-2026');
    const page = await reportOf(await runInto(out, own));
    expect(page).toContain('in the mean; half of the queries take');
    expect(page).toMatch(/\(interquartile range\)/);
    expect(page).not.toContain('as published');
    expect(page).toContain('as the scenario states it');
  });
});

test('a run from a file says which file, and what was said over it', async () => {
  await inTemporaryFolder(async (out) => {
    const pool = await openPool(0);
    const written = { file: "it's mine.yaml", set: ['pue=1.2'] };
    const options = { out, keepSamples: false, now: () => new Date(0), written };
    const { folder } = await runScenario(pool, await small({}), options);
    const { document } = parseHTML(await reportOf(folder));
    const commands = [...document.querySelectorAll('pre')].map(({ textContent }) => textContent).join('\n');
    expect(commands).toContain("npm ci && npm run build\nnode dist/cli.cjs run 'it'\\''s mine.yaml' --samples");
    expect(commands).toContain('--set pue=1.2');
  });
});

test('names that are markup come out as text', async () => {
  const evil = '<script>alert("x")</script>';
  await inTemporaryFolder(async (out) => {
    const scenario = await small({ description: `</title>${evil}`, regime: `r ${evil}`, model: `m '${evil}` });
    const { document } = parseHTML(await reportOf(await runInto(out, scenario)));
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.querySelector('h2')!.textContent).toContain(`r ${evil}`);
    expect(document.querySelector('svg')!.textContent).toContain(`m '${evil}`);
  });
});

test('several folders make one page with one article each, in the first', async () => {
  await inTemporaryFolder(async (out) => {
    const first = await runInto(out, await small({ name: 'first' }));
    const second = await runInto(out, await small({ name: 'second' }));
    await report(first, second);
    const { document } = parseHTML(await readFile(join(first, 'report.html'), 'utf8'));
    expect([...document.querySelectorAll('article h1')].map(({ textContent }) => textContent)).toEqual([
      'first',
      'second',
    ]);
    expect(await readdir(second)).not.toContain('report.html');
  });
});

type Cells = Readonly<Record<string, string | number | null>>;

describe('further tables', () => {
  const SWEEP = sweepTable(['pue', 'input_tokens'].map((name) => ({ name, type: 'float', unit: '1' })));

  /** All columns of the table: what a test does not say is empty, 0 or missing. */
  const filled = ({ columns }: Table, row: Cells): Cells => ({
    ...Object.fromEntries(columns.map(({ name, type }) => [name, type === 'text' ? '' : type === 'count' ? 0 : null])),
    ...row,
  });

  const encode = (table: Table, rows: readonly Cells[]) =>
    encodeTable(table, rows.map((row) => filled(table, row)) as unknown as Parameters<typeof encodeTable>[1], {});

  async function drawn(table: Table, rows: readonly Cells[], selector: string) {
    return inTemporaryFolder(async (out) => {
      const folder = await runInto(out, await small({}));
      await writeFile(join(folder, `${table.name}.arrow`), await encode(table, rows));
      const { document } = parseHTML(await reportOf(folder));
      return document.querySelectorAll(selector);
    });
  }

  const names = { scenario: 'small', regime: 'short', subject: 'model-a', output: 'energy', method: 'sobol' };

  test('a sensitivity table is drawn as bars, two for each parameter', async () => {
    const row = { ...names, s1: 0.2, s1_conf: 0.01, st: 0.4, st_conf: 0.02, conf_level: 0.95 };
    const rows = ['pue', 'output_tokens'].map((parameter) => ({ ...row, parameter }));
    expect(await drawn(SENSITIVITY, rows, '#run-0-sensitivity-0 svg.wide [aria-label=bar] rect')).toHaveLength(4);
  });

  test('elementary effects are drawn as one bar for each parameter', async () => {
    const row = { ...names, mu_star: 2, sigma: 1 };
    const rows = ['pue', 'output_tokens', 'power'].map((parameter) => ({ ...row, parameter }));
    expect(await drawn(SENSITIVITY, rows, '#run-0-sensitivity-0 svg.wide [aria-label=bar] rect')).toHaveLength(3);
  });

  test('a sweep over two values is drawn as a heatmap, a cell for each combination', async () => {
    const row = {
      ...{ scenario: 'small', regime: 'short', subject_kind: 'model', subject: 'model-a', pathway: 'baseline' },
      ...{ trim: 'none', metric: 'energy', unit: 'Wh/query', p25: 0.1, p75: 0.3 },
    };
    const rows = [1, 1.2, 1.4].flatMap((pue) =>
      [500, 1000].map((input_tokens) => ({ ...row, pue, input_tokens, p50: pue / 5 })),
    );
    const cells = await drawn(SWEEP, rows, '#run-0-sweep-0 svg.wide [aria-label=cell] rect');
    expect(cells).toHaveLength(6);
    // Medians below 1 Wh are no opacities: the least is the palest, the greatest the darkest that words are readable on.
    const opacities = cells.map((cell: { getAttribute(name: string): string | null }) =>
      Number(cell.getAttribute('fill-opacity')),
    );
    expect(Math.min(...opacities)).toBeCloseTo(0.12, 5);
    expect(Math.max(...opacities)).toBeCloseTo(0.65, 5);
  });
});

describe('input that is no result', () => {
  test('a folder without tables is refused', async () => {
    await inTemporaryFolder(async (folder) => {
      await expect(report(folder)).rejects.toThrow(/holds no tables .*; give the folder of one run/);
      expect(await readdir(folder)).toEqual([]);
    });
  });

  test('a folder that does not exist is refused', async () => {
    await expect(report('/nowhere')).rejects.toThrow(
      '/nowhere: does not exist; give a folder that tokenjoule run wrote',
    );
  });

  test('a truncated table is refused, and no page is left', async () => {
    await inTemporaryFolder(async (out) => {
      const folder = await runInto(out, await small({}));
      await truncate(join(folder, 'histogram.arrow'), 5000);
      await expect(report(folder)).rejects.toThrow(/histogram\.arrow: is cut short/);
      expect(await readdir(folder)).not.toContain('report.html');
    });
  });

  test('a manifest of a newer format is refused', async () => {
    await inTemporaryFolder(async (out) => {
      const folder = await runInto(out, await small({}));
      const file = join(folder, 'manifest.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace('"format_version": 2', '"format_version": 99'));
      await expect(report(folder)).rejects.toThrow(/was written by a newer tokenjoule \(format 99\)/);
    });
  });

  test('a table under the name of another is refused', async () => {
    await inTemporaryFolder(async (out) => {
      const folder = await runInto(out, await small({}));
      await copyFile(join(folder, 'fleet.arrow'), join(folder, 'inputs.arrow'));
      await expect(report(folder)).rejects.toThrow(/inputs\.arrow: holds the table fleet, not inputs/);
    });
  });
});

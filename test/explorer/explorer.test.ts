// The built page in a real Chromium: what it computes against the command line, and what somebody can do with it by mouse, by keyboard and
// on a phone. How fast it is on another machine, and whether it is handsome, no test here sees.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PageServer, servePage } from '../../src/commands/serve-page.js';
import { readTable } from '../../src/tables/read.js';
import { openBrowser } from '../browser.js';
import { tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { OWN } from './own-scenario.js';

const PAGE = new URL('../../dist/explorer.html', import.meta.url);

/** Generous: the machines that run this share their cores. */
const PATIENCE = { timeout: 60_000 };

let browser: Browser;
let server: PageServer;
const complaints: string[] = [];

beforeAll(async () => {
  server = await servePage(await readFile(PAGE, 'utf8'), 0);
});

afterAll(() => server.close());

interface Opening {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly url?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly before?: string;
}

/** Opens the page; whatever it complains of, or asks of anybody else, is noted. */
async function open(fragment = '', { url = server.url, before, ...options }: Opening = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 800 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'request',
    (request) => /^(data|blob):/.test(request.url()) || request.url() === url || complaints.push(request.url()),
  );
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(`${url}${fragment}`);
  return page;
}

/** The numbers of a side's whole figure, of so many draws. */
const result = (page: Page, side: string, samples: number) =>
  page
    .locator(`#${side}-result[data-samples="${samples}"]`)
    .evaluate((element: { dataset: Record<string, string> }) => ({ ...element.dataset }));

const ratio = (page: Page, samples: number) => page.locator(`#ratio[data-samples="${samples}"]`).waitFor(PATIENCE);

const whole = (page: Page) => page.locator('#whole[aria-busy="false"]').waitFor(PATIENCE);

async function saved(page: Page, button: string): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download', PATIENCE), page.click(button)]);
  return download;
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** What the command line finds for the first side's saved scenario, in the page's words. */
async function fromCommandLine(page: Page, { regime = 'traditional', subject = 'frontier', trim = 'p14-p86' } = {}) {
  const download = await saved(page, '#a-save');
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, 'explored.yaml');
    await download.saveAs(file);
    await (await saved(page, '#data-files button')).saveAs(join(folder, 'data/throughput-oviedo.csv'));
    await tokenjoule(['run', file, '--out', join(folder, 'out')]);
    const { rows } = await readTable(join(folder, 'out/explored-oviedo-2026/summary.arrow'));
    const { p25, p50, p75, n } = rows.find(
      (row) =>
        row.subject === subject &&
        row.metric === 'energy' &&
        row.trim === trim &&
        row.regime === regime &&
        row.pathway === 'baseline',
    )!;
    return { p25: `${p25}`, p50: `${p50}`, p75: `${p75}`, n };
  });
}

describe('the explorer', { timeout: 240_000, ...needs('chromium') }, () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('saves a scenario that the command line runs to the same bits, shared out among workers or not', async () => {
    for (const samples of [10_000, 1_000_000]) {
      const page = await open(`#samples=${samples}&a.pue=1.2&a.power_utilization=0.5`);
      const { p25, p50, p75 } = await result(page, 'a', samples);
      const { n, ...found } = await fromCommandLine(page);
      expect({ p25, p50, p75 }).toEqual(found);
      expect(Number(n)).toBeGreaterThan(samples);
      await page.context().close();
    }
  });

  test('integrates where it can, says so, and so does the saved scenario', async () => {
    const page = await open('#a.regime=test-time-scaling&a.subject=Llama 3.1 405B&a.output_tokens=3000');
    const { p25, p50, p75 } = await result(page, 'a', 0);
    expect(await page.textContent('#a-samples')).toContain('integrated, nothing drawn');
    const subject = { regime: 'test-time-scaling', subject: 'Llama 3.1 405B', trim: 'none' };
    const found = await fromCommandLine(page, subject);
    expect(Number(found.n)).toBe(0);
    for (const [one, other] of [
      [p25, found.p25],
      [p50, found.p50],
      [p75, found.p75],
    ])
      expect(Number(one) / Number(other)).toBeCloseTo(1, 9);
    await page.context().close();
  });

  test('dragged back and forth ends with the numbers of where it was let go', async () => {
    const page = await open('#samples=100000&a.scenario=oviedo-2026');
    await result(page, 'a', 100_000);
    await page.evaluate(`new Promise((done) => {
      const slider = document.querySelector('#controls input[name=pue]');
      let moves = 0;
      const move = () => {
        if (moves++ === 100) return void done();
        slider.value = String(Math.round(500 + 400 * Math.sin(moves)));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        setTimeout(move, 4);
      };
      move();
    })`);
    await page.waitForURL(/a\.pue=/, PATIENCE);
    const reopened = await open(new URL(page.url()).hash);
    const expected = await result(reopened, 'a', 100_000);
    await expect.poll(() => result(page, 'a', 100_000), PATIENCE).toEqual(expected);
    // And nothing older comes in later.
    await page.waitForTimeout(500);
    expect(await result(page, 'a', 100_000)).toEqual(expected);
    await page.context().close();
    await reopened.context().close();
  });

  test('without the WebAssembly kernel shows the same bits', async () => {
    const fragment = '#samples=10000&a.scenario=oviedo-2026';
    const page = await open(fragment);
    const bare = await open(fragment, { before: 'WebAssembly.validate = () => false; window.isBare = true;' });
    const quantilesOf = async (one: Page) => {
      const { mean: _, ...quantiles } = await result(one, 'a', 10_000);
      return quantiles;
    };
    expect(await quantilesOf(bare)).toEqual(await quantilesOf(page));
    expect(await bare.evaluate('window.isBare')).toBe(true);
    await page.context().close();
    await bare.context().close();
  });

  test('names both sides by what they differ in: in title, strip, tabs, figure, ratio, cards and tables', async () => {
    const page = await open('#samples=10000&a.scenario=oviedo-2026&b.node_power_kw=20.4');
    await ratio(page, 10_000);
    expect(Number(await page.getAttribute('#ratio', 'data-p50'))).toBeCloseTo(2, 3);
    expect(await page.textContent('#answer-title')).toBe(
      'With Node power 20.4 kW, a query takes 2.00 times as much as with Node power 10.2 kW',
    );
    await whole(page);
    await page.locator('#cards .card-side').nth(1).waitFor();
    for (const place of ['#strip-text', '#a-tab', '#chart svg', '#ratio-text', '#cards', '#models-table'])
      expect(await page.textContent(place), place).toContain('Node power 10.2 kW');
    expect(await page.getAttribute('#chart svg', 'aria-label')).toMatch(
      /^Node power 10.2 kW: median 0\.\d+ Wh per query, quartiles .*; Node power 20.4 kW: /,
    );
    const dashes = await page
      .locator('#chart svg path.curve')
      .evaluateAll((all: object[]) =>
        all.map((path) => Reflect.get(globalThis, 'getComputedStyle')(path).strokeDasharray),
      );
    expect(new Set(dashes).size).toBe(2);
    await page.context().close();
  });

  test('gives the second side the settings of the first but for its differences', async () => {
    const page = await open('#samples=10000&a.scenario=oviedo-2026&b.pue=1.1');
    await ratio(page, 10_000);
    const before = await result(page, 'b', 10_000);
    await page.selectOption('#choose-model-or-blend', 'Llama 3.1 70B');
    await expect.poll(async () => (await result(page, 'b', 10_000)).p50, PATIENCE).not.toBe(before.p50);
    await page.click('#b-tab');
    expect(await page.inputValue('#choose-model-or-blend')).toBe('Llama 3.1 70B');
    expect(await page.locator('.setting.moved').count()).toBe(1);
    await page.click('.setting.moved .back');
    await page.waitForURL((url) => !url.hash.includes('b.'), PATIENCE);
    expect(await page.textContent('#b-tab')).toContain('change something');
    await page.context().close();
  });

  test('moves a slider by the keyboard, keeps it focused, and takes a typed number within its bounds', async () => {
    const page = await open('#samples=10000&a.scenario=oviedo-2026');
    const before = await result(page, 'a', 10_000);
    await page.locator('#controls input[name=pue]').focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press('PageUp');
    await page.waitForURL(/a\.pue=2\.5/, PATIENCE);
    expect(await page.evaluate('document.activeElement.name')).toBe('pue');
    expect(await page.inputValue('#controls input[name=pue-number]')).toBe('2.5');
    await expect
      .poll(async () => Number((await result(page, 'a', 10_000)).p50))
      .toBeGreaterThan(1.5 * Number(before.p50));
    await page.fill('#controls input[name=pue-number]', '0.3');
    await page.keyboard.press('Tab');
    await page.waitForURL(/a\.pue=1(&|$)/, PATIENCE);
    expect(await page.getAttribute('#controls input[name=pue-number]', 'min')).toBe('1');
    await page.context().close();
  });

  test('has a name and a sentence of help for every slider, and a name for everything that can be pressed', async () => {
    const page = await open();
    await result(page, 'a', 0);
    await page.click('summary');
    const sliders = page.locator('input[type=range]');
    expect(await sliders.count()).toBeGreaterThan(6);
    for (const slider of await sliders.all()) {
      const described = await slider.getAttribute('aria-describedby');
      expect((await page.textContent(`[id="${described}"]`))?.length).toBeGreaterThan(20);
      expect(await slider.getAttribute('aria-valuetext')).toMatch(/\d/);
    }
    const nameless = await page.evaluate(`[...document.querySelectorAll('input, select, button')]
      .filter((one) => one.offsetParent && !one.textContent.trim() && !one.getAttribute('aria-label') && !one.labels?.length)
      .map((one) => one.outerHTML)`);
    expect(nameless).toEqual([]);
    await page.context().close();
  });

  test('sorts the table of models by any column, by keyboard too, and says which', async () => {
    const page = await open('#samples=10000&a.scenario=oviedo-2026');
    await whole(page);
    const first = () => page.textContent('#models-table tbody tr:first-child th');
    await page.locator('#models-table [data-column="1"]').press('Enter');
    expect(await first()).toBe('DeepSeek-R1');
    expect(await page.getAttribute('#models-table thead tr:last-child th:nth-child(2)', 'aria-sort')).toBe(
      'descending',
    );
    await page.keyboard.press('Enter');
    expect(await first()).toBe('Mixtral 8x22B');
    await page.context().close();
  });

  test('keeps the result in sight beside the control on a phone, and never scrolls sideways', async () => {
    for (const width of [320, 390, 834]) {
      const page = await open('#samples=10000', { viewport: { width, height: 740 } });
      await ratio(page, 10_000);
      await whole(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.click('summary');
      await page.locator('input[name=prefill_weight]').scrollIntoViewIfNeeded();
      const strip = await page.locator('#strip').boundingBox();
      expect(strip?.y).toBeGreaterThanOrEqual(0);
      expect(strip?.height).toBeLessThan(740 / 4);
      expect(await page.textContent('#strip-text')).toMatch(/PUE 1\.10: 0\.2\d+ Wh · ×0\.8/);
      await page.context().close();
    }
  });

  test('has words of a contrast of 4.5 : 1 or more, light and dark, what is wrong included', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open('#samples=10000', { colorScheme });
      await ratio(page, 10_000);
      await whole(page);
      const [contrast, words] = (await page.evaluate(CONTRAST)) as [number, string];
      expect(contrast, `${colorScheme}: ${words}`).toBeGreaterThan(4.5);
      await page.context().close();
    }
  });

  test('takes an address full of nonsense as its defaults, an older one as what it meant, and tells of a changed scenario', async () => {
    const nonsense = await open('#samples=10000&a.scenario=<script>&a.regime=x&a.pue=-3&a.tps=7&%%%');
    expect(Number((await result(nonsense, 'a', 10_000)).p50)).toBeGreaterThan(0.2);
    await nonsense.context().close();
    const older = await open('#a.preset=oviedo-2025&a.samples=10000&b.preset=oviedo-2025&b.pue=1.1');
    await result(older, 'a', 10_000);
    expect(await older.inputValue('#choose-scenario')).toBe('oviedo-2025');
    expect(await older.textContent('#b-tab')).toBe('PUE 1.10');
    await older.context().close();
    const changed = await open('#samples=10000&a.scenario=oviedo-2026&a.of=00000000');
    await result(changed, 'a', 10_000);
    expect(await changed.textContent('#link-note')).toContain('has changed since this link');
    await changed.context().close();
  });

  test('shares its settings and saves numbers and figures, each under its own name', async () => {
    const page = await open('#samples=10000&a.scenario=oviedo-2026&b.pue=1.1');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ratio(page, 10_000);
    await whole(page);
    await page.click('#share');
    await page.locator('#said:has-text("Link copied")').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/v=1&samples=10000&a\.scenario=oviedo-2026/);
    await expect.poll(() => page.locator('#models-table th.group').count(), PATIENCE).toBe(2);
    const csv = await saved(page, '#save-csv');
    expect(csv.suggestedFilename()).toBe('oviedo-2026_pue-1.30_vs_pue-1.10.csv');
    const lines = (await textOf(csv)).split('\r\n');
    expect(lines[0]).toMatch(/^side,scenario,regime,subject_kind,subject,/);
    expect(lines.filter((line) => line.startsWith('PUE 1.10,')).length).toBeGreaterThan(50);
    const svg = await saved(page, '#save-svg');
    expect(svg.suggestedFilename()).toBe('oviedo-2026_pue-1.30_vs_pue-1.10.svg');
    expect(await textOf(svg)).toMatch(/boundary facility · tokenjoule .*seed oviedo/);
    const png = await saved(page, '#save-png');
    expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe('PNG');
    expect((await saved(page, '#b-save')).suggestedFilename()).toBe('oviedo-2026_pue-1.10.yaml');
    await page.context().close();
  });

  test('without JavaScript says what to do', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(server.url);
    expect(await page.locator('noscript').textContent()).toContain('JavaScript is switched off');
    await context.close();
  });

  test('works from a double click: as a file, with its workers', async () => {
    const page = await open('#samples=100000&b.pue=1.1', { url: pathToFileURL(PAGE.pathname).href });
    await ratio(page, 100_000);
    await whole(page);
    await page.context().close();
  });

  test('opens each scenario that ships, all of its kinds of query and its cards', async () => {
    const page = await open('#samples=10000');
    await result(page, 'a', 10_000);
    const names = await page.locator('#choose-scenario option').allTextContents();
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) {
      await page.goto(`${server.url}#samples=10000&a.scenario=${name}`);
      await expect.poll(() => page.inputValue('#choose-scenario'), PATIENCE).toBe(name);
      await whole(page);
      expect(await page.textContent('[data-metric=energy] .card-value'), name).toMatch(/^\d.* Wh$/);
    }
    await page.context().close();
  });
});

/** The lowest contrast of all words of the page, and which. */
const CONTRAST = `(() => {
  document.getElementById('a-problem').textContent = 'Something is wrong.';
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const linear = (x) => (x / 255 <= 0.04045 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const paper = parts(getComputedStyle(document.body).backgroundColor);
  const own = (element) => parts(getComputedStyle(element).backgroundColor);
  const all = [...document.querySelectorAll('p, h1, h2, h3, li, label, output, button, select, input, pre, th, td, figcaption, svg text')];
  return all
    .filter((element) => (element.textContent.trim() || element.value) && element.type !== 'range')
    .map((element) => {
      const style = getComputedStyle(element);
      const color = element.closest('svg') ? style.fill : style.color;
      return [contrast(parts(color), own(element).length === 3 ? own(element) : paper), element.outerHTML.slice(0, 80)];
    })
    .sort((a, b) => a[0] - b[0])[0];
})()`;

describe('the explorer of one’s own scenarios', { timeout: 240_000, ...needs('chromium') }, () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('shows a file with its impacts, fleet and what is known, untrimmed, and the same numbers as a run', async () => {
    await inTemporaryFolder(async (folder) => {
      const [file, html] = [await OWN.writeInto(folder), join(folder, 'page.html')];
      expect(await tokenjoule(['explore', file, '--out', html])).toMatchObject({ status: 0, stdout: `${html}\n` });
      const page = await open('#samples=20000&a.scenario=my-fleet', { url: pathToFileURL(html).href });
      const shown = await result(page, 'a', 20_000);
      await whole(page);
      await page.locator('[data-metric=carbon] .known:has-text("–")').waitFor();
      await tokenjoule(['run', file, '--out', folder]);
      const { rows } = await readTable(join(folder, 'my-fleet/summary.arrow'));
      const row = (metric: string) =>
        rows.find(
          (one) => one.metric === metric && one.subject === 'both' && one.regime === 'chat' && one.trim === 'none',
        )!;
      expect(shown.p50).toBe(`${row('energy').p50}`);
      for (const [metric, unit] of [
        ['carbon', 'gCO2e'],
        ['water', 'mL'],
        ['cost', 'EUR'],
      ]) {
        const [value, ending] = (await page.textContent(`[data-metric=${metric}] .card-value`))!.split(' ');
        expect(Number(value) / Number(row(metric).p50)).toBeCloseTo(1, 2);
        expect(ending).toBe(unit);
      }
      expect(await page.textContent('#fleet-table')).toContain('day');
      expect(await page.locator('input[name="impact.grid.gco2e_per_kwh"]').count()).toBe(1);
      await page.context().close();
    });
  });

  test('opens a finished run, and two files side by side', async () => {
    await inTemporaryFolder(async (folder) => {
      await tokenjoule(['run', 'scenarios/azure-week.yaml', '--samples', '5000', '--out', folder]);
      const html = join(folder, 'page.html');
      const run = join(folder, 'azure-week');
      expect((await tokenjoule(['explore', run, 'scenarios/managed-power.yaml', '-o', html])).status).toBe(0);
      const page = await open('', { url: pathToFileURL(html).href });
      await page.locator('#b-result[data-samples]').waitFor(PATIENCE);
      expect(await page.textContent('#strip-text')).toContain('azure-week');
      expect(await page.textContent('#strip-text')).toContain('managed-power');
      // Samples were said over the file, so that the file is not what ran.
      expect(await page.locator('#a-save').isDisabled()).toBe(true);
      expect(await page.textContent('#undone')).toContain('is not where the run found it, or says something else now');
      await page.context().close();
    });
  });

  test.each([
    ['a trace', 'azure-conversation', 'energy', 'Llama 2 70B'],
    ['sessions', 'coding-agent-copilot', 'energy_per_request', 'DeepSeek R1 0528'],
  ])('shows %s as a run has them', async (_, name, metric, subject) => {
    await inTemporaryFolder(async (folder) => {
      const [file, html] = [`scenarios/queries/${name}.yaml`, join(folder, 'page.html')];
      expect(await tokenjoule(['explore', file, '--out', html])).toMatchObject({ status: 0 });
      const page = await open(`#samples=20000&a.scenario=${name}`, { url: pathToFileURL(html).href });
      const shown = await result(page, 'a', 20_000);
      await tokenjoule(['run', file, '-n', '20000', '--out', folder]);
      const { rows } = await readTable(join(folder, name, 'summary.arrow'));
      const row = (wanted: string) => rows.find((one) => one.metric === wanted && one.subject === subject)!;
      expect(shown.p50).toBe(`${row('energy').p50}`);
      expect(shown.p75).toBe(`${row('energy').p75}`);
      if (metric !== 'energy') {
        await whole(page);
        const [value] = (await page.textContent(`[data-metric=${metric}] .card-value`))!.split(' ');
        expect(Number(value) / Number(row(metric).p50)).toBeCloseTo(1, 2);
      }
      await page.context().close();
    });
  });

  test('opens files that are picked in the page, and says what is wrong with one', async () => {
    const page = await open('#samples=10000');
    await result(page, 'a', 10_000);
    const text = Buffer.from(OWN.text);
    const rows = {
      name: 'rows.csv',
      mimeType: 'text/csv',
      buffer: await readFile('scenarios/data/throughput-oviedo.csv'),
    };
    const own = { name: 'my-fleet.yaml', mimeType: 'application/yaml', buffer: text };
    await page.setInputFiles('#open-files', [own]);
    await page.locator('#open-problem:has-text("pick rows.csv together with the scenario")').waitFor(PATIENCE);
    await page.setInputFiles('#open-files', [own, rows]);
    await expect.poll(() => page.inputValue('#choose-scenario'), PATIENCE).toBe('my-fleet');
    expect(await page.textContent('#open-problem')).toBe('');
    await page.context().close();
  });
});

test('the page is smaller than 1 MB, and carries words for those who link to it', async () => {
  expect((await stat(PAGE)).size).toBeLessThan(1_000_000);
  const html = await readFile(PAGE, 'utf8');
  for (const tag of ['name="description"', 'property="og:title"', 'property="og:description"', '<noscript>'])
    expect(html).toContain(tag);
});

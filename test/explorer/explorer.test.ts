// The built page in a real Chromium, and what serves it. How fast it is on another machine, and how it looks, no test here sees.
import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FolderServer, serveFolder } from '../../src/commands/serve-folder.js';
import { readTable } from '../../src/tables/read.js';
import { openBrowser } from '../browser.js';
import { tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const DIST = new URL('../../dist/explorer/', import.meta.url);

/** Generous: the machines that run this share their cores. */
const PATIENCE = { timeout: 60_000 };

let browser: Browser;
let server: FolderServer;
const complaints: string[] = [];

beforeAll(async () => {
  server = await serveFolder(DIST, 0);
});

afterAll(() => server.close());

async function open(fragment = '', viewport = { width: 1000, height: 800 }): Promise<Page> {
  const page = await browser.newPage({ viewport, acceptDownloads: true });
  page.setDefaultTimeout(PATIENCE.timeout);
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'request',
    (request) =>
      request.url().startsWith(server.url) ||
      request.url().startsWith('data:') ||
      request.url().startsWith('blob:') ||
      complaints.push(request.url()),
  );
  await page.goto(`${server.url}${fragment}`);
  return page;
}

const result = (page: Page, side: string, samples: number) =>
  page
    .locator(`#${side}-result[data-samples="${samples}"]`)
    .evaluate((element: { dataset: Record<string, string> }) => ({ ...element.dataset }));

/** What the command line finds for side A's downloaded scenario, in the page's words. */
async function fromCommandLine(page: Page, samples: number) {
  const [download] = await Promise.all([page.waitForEvent('download', PATIENCE), page.click('#a-download')]);
  return inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'data'));
    await cp('scenarios/data/throughput-oviedo.csv', join(folder, 'data/throughput-oviedo.csv'));
    const file = join(folder, 'explored.yaml');
    await download.saveAs(file);
    await tokenjoule(['run', file, '--out', join(folder, 'out')]);
    const { rows } = await readTable(join(folder, 'out/explored-oviedo-2026/summary.arrow'));
    const { p25, p50, p75 } = rows.find(
      ({ subject, metric, trim }) => subject === 'frontier' && metric === 'energy' && trim === 'p14-p86',
    )!;
    return { p25: `${p25}`, p50: `${p50}`, p75: `${p75}`, samples: `${samples}` };
  });
}

describe('the explorer', { timeout: 180_000, ...needs('chromium') }, () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('runs a downloaded scenario to the same bits as the command line', async () => {
    const page = await open('#a.samples=10000&a.regime=test-time-scaling&a.pue=1.2&b.samples=10000');
    expect(await result(page, 'a', 10_000)).toEqual(await fromCommandLine(page, 10_000));
    await page.close();
  });

  test('refines to a million samples, shared out among its workers, with the same bits as the command line', async () => {
    const page = await open('#a.samples=1000000&a.power_utilization=0.5&b.samples=10000');
    expect(await result(page, 'a', 1_000_000)).toEqual(await fromCommandLine(page, 1_000_000));
    await page.close();
  });

  test('dragged back and forth ends with the numbers of where it was let go', async () => {
    const page = await open('#a.samples=100000&b.samples=100000');
    await page.locator('#ratio[data-samples="100000"]').waitFor(PATIENCE);
    await page.evaluate(`new Promise((done) => {
      const slider = document.querySelector('#a-controls input[name=pue]');
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
    await page.close();
    await reopened.close();
  });

  test('shows a coarse figure and says of how many samples, then the whole one', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    await page.addInitScript(`
      window.said = [];
      new MutationObserver(() => window.said.push(document.getElementById('a-samples')?.textContent))
        .observe(document, { subtree: true, childList: true, characterData: true });`);
    await page.goto(`${server.url}#a.samples=100000&b.samples=10000`);
    await result(page, 'a', 100_000);
    await page.waitForTimeout(50);
    const said = (await page.evaluate('window.said')) as string[];
    expect(said.some((words) => words?.startsWith('30,000 of 100,000 samples'))).toBe(true);
    expect(said.at(-1)).toMatch(/^100,000 samples/);
    await page.close();
  });

  test('without the WebAssembly kernel shows the same bits', async () => {
    const fragment = '#a.samples=10000&b.samples=10000';
    const page = await open(fragment);
    const context = await browser.newContext();
    const bare = await context.newPage();
    bare.setDefaultTimeout(PATIENCE.timeout);
    let refused = 0;
    await context.route('**/kernel.wasm', (route) => {
      refused++;
      return route.fulfill({ status: 404, body: '' });
    });
    await bare.goto(`${server.url}${fragment}`);
    expect(await result(bare, 'a', 10_000)).toEqual(await result(page, 'a', 10_000));
    expect(refused).toBeGreaterThan(0);
    await context.close();
    await page.close();
  });

  test('redraws when a slider is moved by the keyboard, and keeps the move in its address', async () => {
    const page = await open('#a.samples=10000&b.samples=10000');
    const before = await result(page, 'a', 10_000);
    await page.locator('#a-controls input[name=pue]').focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press('PageUp');
    await page.waitForFunction(
      `document.getElementById('a-result').dataset.p50 > ${before.p50} * 1.5`,
      undefined,
      PATIENCE,
    );
    await page.waitForURL(/a\.pue=2\.5/, PATIENCE);
    const reopened = await open(new URL(page.url()).hash);
    const again = await result(reopened, 'a', 10_000);
    expect(again.p50).toBe((await result(page, 'a', 10_000)).p50);
    await page.close();
    await reopened.close();
  });

  test('shows the paired ratio of both sides', async () => {
    const page = await open('#a.samples=10000&b.samples=10000&b.node_power_kw=20.4');
    await page.locator('#ratio[data-samples="10000"]').waitFor(PATIENCE);
    const p50 = await page.locator('#ratio').getAttribute('data-p50');
    expect(Number(p50)).toBeCloseTo(2, 3);
    await page.close();
  });

  test('fits a phone without scrolling sideways, and labels every control', async () => {
    const page = await open('#a.samples=10000&b.samples=10000', { width: 360, height: 740 });
    await result(page, 'b', 10_000);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    const heights = await page
      .locator('#chart svg text')
      .evaluateAll((all: { getBoundingClientRect(): { height: number } }[]) =>
        all.map((text) => text.getBoundingClientRect().height),
      );
    expect(Math.min(...heights)).toBeGreaterThan(11);
    expect(await page.locator('form input, form select').count()).toBe(2 * 10);
    expect(await page.locator('form label input, form label select').count()).toBe(2 * 10);
    await page.close();
  });

  test('has words of a contrast of 4.5 : 1 or more, light and dark, what is wrong included', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open('#a.samples=10000&b.samples=10000');
      await page.emulateMedia({ colorScheme });
      await page.locator('#ratio[data-samples="10000"]').waitFor(PATIENCE);
      const [contrast, words] = (await page.evaluate(`(() => {
        document.getElementById('a-problem').textContent = 'Something is wrong.';
        const parts = (color) => color.match(/[\\d.]+/g).map(Number);
        const linear = (x) => (x / 255 <= 0.04045 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4);
        const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
        const paper = parts(getComputedStyle(document.body).backgroundColor);
        const own = (element) => parts(getComputedStyle(element).backgroundColor);
        const all = [...document.querySelectorAll('p, h1, h2, span, output, button, select, pre, figcaption, svg text')];
        return all
          .filter((element) => element.textContent.trim())
          .map((element) => {
            const style = getComputedStyle(element);
            const color = element.closest('svg') ? style.fill : style.color;
            return [contrast(parts(color), own(element).length === 3 ? own(element) : paper), element.textContent];
          })
          .sort((a, b) => a[0] - b[0])[0];
      })()`)) as [number, string];
      expect(contrast, `${colorScheme}: ${words}`).toBeGreaterThan(4.5);
      await page.close();
    }
  });

  test('takes an address full of nonsense as its defaults', async () => {
    const page = await open('#a.preset=<script>&a.samples=10000&a.regime=x&b.samples=10000');
    expect(Number((await result(page, 'a', 10_000)).p50)).toBeGreaterThan(0.2);
    await page.close();
  });
});

test('the server hands out nothing outside its folder', async () => {
  for (const path of ['..%2fcli.cjs', '%2e%2e/cli.cjs', 'no-such-file.js', 'sub/file.js']) {
    expect((await fetch(`${server.url}${path}`)).status).toBe(404);
  }
});

test('the explorer is smaller than 1 MB, all files together', async () => {
  const sizes = await Promise.all((await readdir(DIST)).map(async (name) => (await stat(new URL(name, DIST))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});

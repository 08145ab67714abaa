// Reports of real results in a real Chromium: sweeps, every sensitivity method, dark mode, print and a phone. Whether they are
// beautiful no test sees.
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.js';
import { tokenjoule } from '../command-line.js';
import { needs } from '../needs.js';

const METHODS = ['sobol', 'shapley', 'morris', 'regression', 'pawn', 'tornado'];
const RUN = 'output/oviedo-2026';
const SWEEP = 'output/sweep-pue-utilization';

let browser: Browser;
let folder: string;

async function cli(line: string): Promise<void> {
  // The second analysis of a folder says where the first is kept; nothing else is told.
  const kept = /^(\S+: sensitivity\.arrow is the new result; the earlier one is kept as \S+\n)?$/;
  const stderr = expect.stringMatching(kept);
  expect(await tokenjoule([...line.split(' '), '--quiet'], { cwd: folder })).toMatchObject({ status: 0, stderr });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-look-'));
  const scenarios = resolve('scenarios');
  await cli(`run ${scenarios}/oviedo-2026.yaml --samples 2000`);
  for (const method of METHODS) {
    await cli(`analyze ${scenarios}/oviedo-2026.yaml --method ${method} --samples 64 --resamples 10`);
    await cli(`report ${RUN}`);
    await rename(join(folder, RUN, 'report.html'), join(folder, `${method}.html`));
  }
  await cli(`sweep ${scenarios}/sweep-pue-utilization.yaml --samples 500`);
  await cli(`report ${SWEEP}`);
  await rename(join(folder, SWEEP, 'report.html'), join(folder, 'sweep.html'));
  browser = await openBrowser();
}, 400_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

type Look = Parameters<Browser['newPage']>[0] & { readonly media?: 'print' };

async function opened(name: string, { media, ...look }: Look = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 }, ...look });
  await page.emulateMedia({ media: media ?? 'screen', colorScheme: look?.colorScheme ?? 'light' });
  await page.goto(`file://${join(folder, `${name}.html`)}`);
  // What is folded has to be readable too.
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
  return page;
}

/** The least contrast (WCAG 2.2) of all words with what is behind them: the page, a block's ground, or a heatmap's cell. */
const LEAST_CONTRAST = `(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const over = (front, back, opacity) => front.slice(0, 3).map((x, i) => x * opacity + back[i] * (1 - opacity));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((x) => (x / 255 <= 0.04045 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const paper = parts(getComputedStyle(document.body).backgroundColor);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const ground = parts(getComputedStyle(one).backgroundColor);
      if (ground.length === 3) return ground;
    }
    return paper;
  };
  const found = [];
  for (const text of document.querySelectorAll('svg text')) {
    if (!text.textContent.trim()) continue;
    const cells = [...text.closest('svg').querySelectorAll('[aria-label=cell] rect')];
    const position = [...text.parentElement.children].indexOf(text);
    const cell = text.parentElement.getAttribute('aria-label') === 'text' ? cells[position] : undefined;
    const style = cell && getComputedStyle(cell);
    const ground = style ? over(parts(style.fill), paper, Number(style.fillOpacity) * Number(style.opacity)) : paper;
    found.push([contrast(over(parts(getComputedStyle(text).fill), ground, 1), ground), text.textContent]);
  }
  for (const element of document.querySelectorAll('p, li, td, th, h1, h2, summary, figcaption, pre, caption')) {
    found.push([contrast(parts(getComputedStyle(element).color).slice(0, 3), behind(element)), element.textContent]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
})()`;

const looks: readonly [string, Look][] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['print', { media: 'print' }],
  ['print out of the dark', { media: 'print', colorScheme: 'dark' }],
];

describe('a report', { timeout: 60_000, ...needs('chromium') }, () => {
  test.each(looks)('has no words of less contrast than 4.5 : 1, charts included, in %s', async (_, look) => {
    for (const name of ['sobol', 'tornado', 'sweep']) {
      const page = await opened(name, look);
      const [contrast, words] = (await page.evaluate(LEAST_CONTRAST)) as [number, string];
      expect(contrast, `${name}: ${words}`).toBeGreaterThan(4.5);
      await page.close();
    }
  });

  test('fits a phone: only its charts and tables scroll sideways, each by itself', async () => {
    for (const name of ['sobol', 'sweep']) {
      const page = await opened(name, { viewport: { width: 360, height: 740 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.close();
    }
  });

  test('has on a phone charts drawn for it, in which words are as large as on a screen; paper has every table', async () => {
    const size = `(() => {
      const shown = [...document.querySelectorAll('svg.plot')].filter((one) => one.getBoundingClientRect().width > 0);
      return shown.map((one) => one.getBoundingClientRect().width / Number(one.getAttribute('width')));
    })()`;
    const phone = await opened('sobol', { viewport: { width: 390, height: 800 } });
    expect(Math.min(...((await phone.evaluate(size)) as number[]))).toBeGreaterThan(0.95);
    await phone.close();
    const paper = await browser.newPage();
    await paper.emulateMedia({ media: 'print' });
    await paper.goto(`file://${join(folder, 'sobol.html')}`);
    const hidden = `[...document.querySelectorAll('table')].filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }) || one.getBoundingClientRect().height === 0).length`;
    expect(await paper.evaluate(hidden)).toBe(0);
    await paper.close();
  });

  test('has no words in a chart that lie over each other or are cut off by its edge', async () => {
    const onPhone = ['sobol', 'tornado', 'sweep'].map((name) => ({ name, width: 390 }));
    const widths = [...[...METHODS, 'sweep'].map((name) => ({ name, width: 1000 })), ...onPhone];
    for (const { name, width } of widths) {
      const page = await opened(name, { viewport: { width, height: 800 } });
      const clashes = await page.evaluate(`[...document.querySelectorAll('svg.plot')].flatMap((svg) => {
        const edge = svg.getBoundingClientRect();
        if (edge.width === 0) return [];
        const words = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim());
        const boxes = words.map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
        const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 3 || b.bottom <= a.top + 3;
        const outside = boxes.filter(({ box }) => box.left < edge.left - 1 || box.right > edge.right + 1);
        const over = boxes.filter((one, i) => boxes.some((other, k) => k > i && !apart(one.box, other.box)));
        return [...outside, ...over].map(({ words }) => words);
      })`);
      expect(clashes, `${name} at ${width} px`).toEqual([]);
      await page.close();
    }
  });

  test.each(METHODS)('of a %s analysis has a bar for every input of the blend', async (method) => {
    const page = await opened(method);
    const [bars, inputs] = (await page.evaluate(`(() => {
      const first = [...document.querySelectorAll('figure[id*=sensitivity]')]
        .find(({ textContent }) => textContent.includes('of frontier depends on'));
      return [
        [...first.querySelectorAll('svg.wide [aria-label=bar] rect')].filter((bar) => Number(bar.getAttribute('width')) > 0).length,
        first.querySelector('desc').textContent.split('; ').length,
      ];
    })()`)) as [number, number];
    expect(inputs).toBeGreaterThan(2);
    expect(bars).toBeGreaterThanOrEqual(inputs - 1);
    await page.close();
  });

  test('of a sweep alone is a heatmap of both swept values for each regime, and says between what medians they lie', async () => {
    const page = await opened('sweep');
    expect(await page.locator('#run-0-sweep-0 svg.wide [aria-label=cell] rect').count()).toBe(36);
    expect(await page.locator('#run-0-sweep-1 svg.wide [aria-label=cell] rect').count()).toBe(36);
    const axes = await page.locator('#run-0-sweep-0 svg.wide [aria-label$="axis label"]').allTextContents();
    expect(axes.join(' ')).toMatch(/power_utilization.*pue|pue.*power_utilization/);
    expect(await page.locator('.headline').first().textContent()).toMatch(
      /^One traditional query to the frontier blend takes in the median from [\d.]+ Wh \(pue 1.05, power_utilization 0.4\) to [\d.]+ Wh \(pue 1.6, power_utilization 0.9\)\.$/,
    );
    await page.close();
  });
});

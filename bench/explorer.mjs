// Where the explorer's time goes, in a headless Chromium: `npm run build && node bench/explorer.mjs [repeats]`.
// First result: from navigation to side A's first figure. Redraw: from a slider's input event to the first figure of it and to
// the one of all 1,000,000 samples, ten moves a page. In ms; a machine that is shared makes them longer.

import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { servePage } from '../dist/commands/serve-page.js';

const repeats = Number(process.argv[2] ?? 5);
const SAMPLES = 1_000_000;
const SETTLING_MS = 4000;
const server = await servePage(await readFile(new URL('../dist/explorer.html', import.meta.url), 'utf8'), 0);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** Notes in the page when a side's figure changes, and the number of samples it then is of. */
const watch = `
  window.shown = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.id === 'a-result' && target.dataset.samples)
        window.shown.push({ at: performance.now(), samples: Number(target.dataset.samples) });
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-samples', 'data-p50'] });`;

async function opened() {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(watch);
  // A new profile loads pages of the browser's own in the background, for seconds: not what is measured here.
  await page.waitForTimeout(SETTLING_MS);
  await page.goto(`${server.url}#samples=${SAMPLES}&b.pue=1.1`);
  await page.locator(`#ratio[data-samples="${SAMPLES}"]`).waitFor({ timeout: 60_000 });
  return page;
}

async function first(page) {
  const { shown, paint } = await page.evaluate(`({
    shown: window.shown,
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  })`);
  return {
    'open: words painted': paint,
    'open: first figure': shown[0].at,
    'open: all samples': shown.find(({ samples }) => samples === SAMPLES).at,
  };
}

async function redraw(page, position) {
  return page.evaluate(`new Promise((resolve) => {
    window.shown.length = 0;
    const slider = document.querySelector('#controls input[name=pue]');
    slider.value = '${position}';
    const begun = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const handled = performance.now();
    const look = () => {
      const whole = window.shown.find(({ samples }) => samples === ${SAMPLES});
      if (!whole) return void setTimeout(look, 5);
      resolve({
        'move: input event': handled - begun,
        'move: first figure': window.shown[0].at - begun,
        'move: all samples': whole.at - begun,
        'samples of the first figure': window.shown[0].samples,
      });
    };
    look();
  })`);
}

const opens = [];
const moves = [];
for (let i = 0; i < repeats; i++) {
  const page = await opened();
  opens.push(await first(page));
  for (let position = 300; position < 400; position += 10) {
    moves.push(await redraw(page, position));
    await page.waitForTimeout(500);
  }
  await page.context().close();
}
console.table({ ...spread(opens), ...spread(moves) });
await browser.close();
await server.close();

function spread(rows) {
  const at = (key, share) => {
    const values = rows.map((row) => row[key]).sort((a, b) => a - b);
    return Math.round(values[Math.floor(share * (values.length - 1))]);
  };
  return Object.fromEntries(
    Object.keys(rows[0]).map((key) => [key, { least: at(key, 0), median: at(key, 0.5), most: at(key, 1) }]),
  );
}

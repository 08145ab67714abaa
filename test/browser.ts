import { type Browser, chromium } from 'playwright-core';
import { pathOf } from './needs.js';

/** The machine's own Chromium, without a window. @throws where there is none: tests of it say `needs('chromium')` */
export function openBrowser(): Promise<Browser> {
  const executablePath = pathOf('chromium');
  if (executablePath === undefined) throw new Error('chromium is not on the path');
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

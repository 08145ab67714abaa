import type { Engine } from '../engine/engine.js';
import { loadEngine } from '../engine/load-engine.js';
import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import { element, say } from './dom.js';
import { explored } from './explored.js';
import { openHere } from './open-here.js';
import type { PageData } from './opened.js';
import { Page } from './page.js';
import { bytesOf, pageDataOf } from './page-data.js';
import { serveTasks } from './serve-tasks.js';

// One script, the page's and its workers': a page of one file has nowhere to load another from.

/** The script as an address that workers can be started from. */
function ownScript(): string {
  const text = document.currentScript?.textContent ?? '';
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** The WebAssembly kernel that the page carries; where it cannot be run, the reference gives the same bits. */
async function carriedEngine(): Promise<Engine> {
  try {
    return await loadEngine(bytesOf(element('kernel').textContent?.trim() ?? ''));
  } catch {
    return REFERENCE_ENGINE;
  }
}

async function startPage(script: string): Promise<void> {
  const engine = carriedEngine();
  const data = pageDataOf(element('data').textContent ?? '') as PageData;
  const all = await Promise.all(data.scenarios.map(async (one) => [one.name, await explored(one)] as const));
  const page = new Page({ data, engine: await engine, script }, new Map(all));
  const picker = element<HTMLInputElement>('open-files');
  picker.addEventListener('change', () => {
    openHere([...(picker.files ?? [])])
      .then((opened) => page.open(opened))
      .then(
        () => say('open-problem', ''),
        (error: Error) => say('open-problem', error.message),
      );
  });
  await page.start();
}

if (typeof document === 'undefined') serveTasks();
else startPage(ownScript()).catch((error: Error) => say('a-problem', `The page could not start: ${error.message}`));

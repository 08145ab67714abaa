// The browser's entry, bundled as a web page's build would. What it cannot see: whether the bundle runs, which
// test/explorer does for the same engine.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { needs } from './needs.js';

const ENTRY = fileURLToPath(new URL('../dist/browser.js', import.meta.url));

type Bundle = Awaited<ReturnType<typeof bundle>>;
let bundled: Bundle;

function bundle(entry: string) {
  return build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
}

beforeAll(async () => {
  bundled = await bundle(ENTRY);
}, 120_000);

describe('the browser’s entry in a bundle', () => {
  it('needs nothing that a browser lacks', () => {
    const outside = Object.values(bundled.metafile.outputs).flatMap(({ imports }) =>
      imports.filter((one) => one.external),
    );
    expect(outside).toEqual([]);
    expect(bundled.warnings).toEqual([]);
    expect(bundled.outputFiles[0].text).not.toMatch(/(from|import|require)\s*\(?\s*["'](node:|piscina)/);
  });

  it('holds the engine, and no threads', () => {
    const inputs = Object.keys(bundled.metafile.inputs);
    expect(inputs.some((file) => file.endsWith('dist/workers/calling-thread.js'))).toBe(true);
    expect(inputs.filter((file) => /piscina|workers\/(open-pool|worker)\.js$|simulate-on-threads/.test(file))).toEqual(
      [],
    );
  });

  it('would not be made of the main entry', { timeout: 120_000, ...needs('minutes') }, async () => {
    const main = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    await expect(bundle(main)).rejects.toThrow('node:');
  });
});

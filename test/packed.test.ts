// The packed file as other projects install it: its types under every way that TypeScript resolves them, and its code by import and by
// require. Types are checked by TypeScript 7, and by 5.9 (the package typescript-5), which alone knows node10; without that one it says
// so. Dependencies are those of this checkout. Cannot see what a registry would make of the file.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { needs } from './needs.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenjoule-packed-'));
  await mkdir(join(root, 'node_modules'));
  const packed = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', root], resolve('.'));
  expect(packed.status).toBe(0);
  const [file] = (await readdir(root)).filter((name) => name.endsWith('.tgz'));
  expect((await run('tar', ['-xzf', file], root)).status).toBe(0);
  for (const name of await readdir('node_modules')) {
    if (!name.startsWith('.')) await symlink(resolve('node_modules', name), join(root, 'node_modules', name));
  }
  await rename(join(root, 'package'), join(root, 'node_modules/tokenjoule'));
});
afterAll(() => rm(root, { recursive: true }));

interface Ended {
  readonly status: number;
  readonly output: string;
}

function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((done) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

/** Uses that are right, and one that is wrong wherever the types were found: of types that were not, all uses are right. */
const PROGRAM = `
import { InputError, loadScenario, simulate, seriesOf, type RunReport } from 'tokenjoule';
import { simulateHere } from 'tokenjoule/browser';

export async function medians(file: string): Promise<number[]> {
  try {
    const result = await simulate(await loadScenario(file), { workers: 2 });
    return seriesOf(result).map(() => 0).concat((await simulateHere(result.scenario)).scenario.samples);
  } catch (error) {
    if (error instanceof InputError) return [error.problems.length];
    throw error;
  }
}
export const folderOf = (report: RunReport): string => report.folder;
// @ts-expect-error
export const wrong: number = simulate;
`;

interface Project {
  readonly module: string;
  readonly moduleResolution: string;
  readonly type: 'module' | 'commonjs';
  readonly typescript: 'typescript' | 'typescript-5';
}

/** By the old compiler what it alone knows, and what CommonJS projects of its time had. */
const PROJECTS: readonly Project[] = [
  { module: 'commonjs', moduleResolution: 'node10', type: 'commonjs', typescript: 'typescript-5' },
  { module: 'node16', moduleResolution: 'node16', type: 'commonjs', typescript: 'typescript-5' },
  { module: 'node16', moduleResolution: 'node16', type: 'commonjs', typescript: 'typescript' },
  { module: 'node16', moduleResolution: 'node16', type: 'module', typescript: 'typescript' },
  { module: 'nodenext', moduleResolution: 'nodenext', type: 'commonjs', typescript: 'typescript' },
  { module: 'nodenext', moduleResolution: 'nodenext', type: 'module', typescript: 'typescript' },
  { module: 'esnext', moduleResolution: 'bundler', type: 'module', typescript: 'typescript' },
];

for (const { module, moduleResolution, type, typescript } of PROJECTS) {
  const wanted = typescript === 'typescript-5' ? needs('typescript-5') : {};
  test(`types resolve by ${moduleResolution} in a ${type} project, for ${typescript}`, wanted, async () => {
    const folder = await mkdtemp(join(root, 'project-'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
    await writeFile(join(folder, 'main.ts'), PROGRAM);
    const options = { module, moduleResolution, target: 'es2022', strict: true, skipLibCheck: true, noEmit: true };
    const compilerOptions = { ...options, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }));
    const tsc = resolve('node_modules', typescript, 'bin/tsc');
    expect(await run(process.execPath, [tsc, '-p', folder], folder)).toEqual({ status: 0, output: '' });
  });
}

const SCENARIO = {
  ...{ version: 1, name: 'x', samples: 300_000, node_power_kw: 10, models: { a: { tps: 1000 } }, pue: 1.2 },
  ...{ power_utilization: 0.5, input_tokens: 100, regimes: { t: { output_tokens: { exponential: { median: 300 } } } } },
};

const USE = `
  const read = async () => { throw new Error('no dataset'); };
  const print = async ({ scenarioFromText, simulate, seriesOf, engineVersion }) => {
    const scenario = await scenarioFromText(${JSON.stringify(JSON.stringify(SCENARIO))}, 'x', read);
    const counts = [];
    for (const options of [undefined, { workers: 2 }]) {
      const result = await simulate(scenario, options);
      counts.push(JSON.stringify(seriesOf(result), (key, value) => (value instanceof Float64Array ? [...value] : value)));
    }
    console.log(engineVersion(), counts[0] === counts[1], counts[0].length > 100);
  };
`;

test('the code runs by import and by require, with threads and without, and gives the same', async () => {
  await writeFile(join(root, 'main.mjs'), `import * as tokenjoule from 'tokenjoule';${USE}await print(tokenjoule);`);
  await writeFile(join(root, 'main.cjs'), `const tokenjoule = require('tokenjoule');${USE}print(tokenjoule);`);
  const [imported, required] = await Promise.all(
    ['main.mjs', 'main.cjs'].map((file) => run(process.execPath, [file], root)),
  );
  expect(imported).toEqual({ status: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\S* true true\n$/) });
  expect(required).toEqual(imported);
});

test('both ways offer the same names', async () => {
  const names =
    "console.log(Object.keys(all).filter((name) => name !== 'default' && name !== 'module.exports').sort().join());";
  for (const entry of ['tokenjoule', 'tokenjoule/browser']) {
    await writeFile(join(root, 'names.mjs'), `import * as all from '${entry}';${names}`);
    await writeFile(join(root, 'names.cjs'), `const all = require('${entry}');${names}`);
    const imported = await run(process.execPath, ['names.mjs'], root);
    expect(imported.status).toBe(0);
    expect(await run(process.execPath, ['names.cjs'], root)).toEqual(imported);
  }
});

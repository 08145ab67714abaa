import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SCENARIOS } from '../command-line.js';

/** The shipped sweep of input lengths under another name, with few samples and with more lines at its end, in a folder. */
export async function lengthsScenario(folder: string, name: string, more = '', samples = 3000): Promise<string> {
  const text = (await readFile(join(SCENARIOS, 'sweep-input-length.yaml'), 'utf8'))
    .replace('name: sweep-input-length', `name: ${name}`)
    .replace('samples: 1000000', `samples: ${samples}`)
    .replace('data/throughput', `${resolve(SCENARIOS)}/data/throughput`);
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, `${text}\n${more}\n`);
  return file;
}

import { readFileSync } from 'node:fs';
import { RunError } from './errors.js';

/**
 * Version of tokenjoule, from its package.json (this file needs Node).
 *
 * @throws RunError where a bundler has put the code elsewhere: results would bear another program's version
 */
export function engineVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  if (name === 'tokenjoule') return version;
  throw new RunError(
    `tokenjoule’s package.json does not lie where its code is: ${name}’s does; keep tokenjoule outside the bundle`,
  );
}

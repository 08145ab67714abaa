import { readFileSync } from 'node:fs';

/** Version of tokenjoule, from its package.json (this file needs Node). */
export function engineVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

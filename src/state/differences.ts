import { keyText, type Path } from '../errors.js';

/** Where two values of plain data differ first, with both values shortened: `models[2].node_power_kw: 10.2 there, 11 here`. */
export function firstDifference(there: unknown, here: unknown): string | undefined {
  const path = differingPath(there, here, []);
  if (path === undefined) return undefined;
  return `${keyText(path)}: ${shown(there, path)} there, ${shown(here, path)} here`;
}

const LONGEST_VALUE = 60;

function differingPath(there: unknown, here: unknown, path: Path): Path | undefined {
  if (!isTree(there) || !isTree(here)) return Object.is(there, here) ? undefined : path;
  const keys = new Set([...Object.keys(there), ...Object.keys(here)]);
  for (const key of keys) {
    const found = differingPath(there[key], here[key], [...path, Array.isArray(here) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown, path: Path): string {
  const found = path.reduce<unknown>((one, key) => (isTree(one) ? one[key] : undefined), value);
  const text = found === undefined ? 'nothing' : JSON.stringify(found);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

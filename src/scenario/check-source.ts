import type { ScenarioSource } from './source.js';

const MAX_TEXT = 2 ** 20;
const MAX_DATASET = 22_400_000; // 16 MiB in base 64, as load.ts allows for a file
const MAX_NAME = 4096;
const MAX_LIST = 1000;

/** A source from outside, its shape checked; what it says is checked when it is read. @returns undefined if it is none */
export function checkedSource(value: unknown): ScenarioSource | undefined {
  if (!isRecord(value) || !isText(value.file, MAX_NAME) || !isText(value.text, MAX_TEXT)) return undefined;
  const { file, text, overrides, datasets } = value;
  if (!isRecord(overrides) || !isRecord(datasets)) return undefined;
  const { samples, seed, set } = overrides;
  if (samples !== undefined && !Number.isSafeInteger(samples)) return undefined;
  if (seed !== undefined && !isText(seed, MAX_NAME)) return undefined;
  if (set !== undefined && !isTexts(set)) return undefined;
  if (!Object.values(datasets).every(isDataset)) return undefined;
  return { file, text, overrides, datasets: datasets as ScenarioSource['datasets'] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MAX_LIST && value.every((one) => isText(one, MAX_TEXT));
}

function isDataset(value: unknown): boolean {
  if (!isRecord(value) || !isText(value.name, MAX_NAME) || !isText(value.base64, MAX_DATASET)) return false;
  return /^[A-Za-z0-9+/]*={0,2}$/.test(value.base64) && value.base64.length % 4 === 0;
}

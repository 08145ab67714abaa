import type { Redis } from 'ioredis';
import { PREFIX } from './keys.js';

/** A worker process that is connected. */
export interface ClusterWorker {
  readonly name: string;
  readonly version: string;
  readonly kernel: string;
  readonly threads: number;
  readonly ranges_done: number;
}

/** A run that is going on. */
export interface ClusterProgress {
  readonly run_id: string;
  /** The sweep that it is a cell of; absent for a run by itself. */
  readonly sweep?: string;
  readonly scenario: string;
  readonly seed: string;
  readonly samples: number;
  readonly pass: number;
  readonly blocks_done: number;
  readonly in_flight: number;
}

export async function workersOf(redis: Redis): Promise<ClusterWorker[]> {
  return (await valuesOf(redis, `${PREFIX}:worker:`)).map(([name, value]) => ({
    name,
    version: `${value.version}`,
    kernel: `${value.kernel}`,
    threads: count(value.threads),
    ranges_done: count(value.ranges_done),
  }));
}

export async function runsOf(redis: Redis): Promise<ClusterProgress[]> {
  return (await valuesOf(redis, `${PREFIX}:progress:`)).map(([run_id, value]) => ({
    run_id,
    ...(value.sweep !== undefined && { sweep: `${value.sweep}` }),
    scenario: `${value.scenario}`,
    seed: `${value.seed}`,
    samples: count(value.samples),
    pass: count(value.pass),
    blocks_done: count(value.blocks_done),
    in_flight: count(value.in_flight),
  }));
}

function count(value: unknown): number {
  return Number.isSafeInteger(value) ? Math.max(0, value as number) : 0;
}

/** Keys with a prefix and their JSON objects, by name; those gone or damaged meanwhile are left out. */
async function valuesOf(redis: Redis, prefix: string): Promise<[string, Record<string, unknown>][]> {
  const keys: string[] = [];
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 100);
    keys.push(...found);
    cursor = next;
  } while (cursor !== '0');
  const unique = [...new Set(keys)].sort();
  const values = unique.length > 0 ? await redis.mget(unique) : [];
  return unique.flatMap((key, i) => {
    const value = parsed(values[i]);
    return value ? [[key.slice(prefix.length), value] as [string, Record<string, unknown>]] : [];
  });
}

function parsed(text: string | null): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

// Runs on a cluster of two workers while redis-server is killed, stopped cleanly and paused (SIGSTOP), and workers are killed and
// stopped. Each run is disturbed one to four times, some moments apart, and then left alone: it must end by itself, with the tables of
// the local run, byte for byte; so must a worker that is asked to. Goes on until redis-server was restarted or paused as often as
// asked for; prints how often what was done, and how many runs and workers hung. The same seed does the same in the same order; what
// it meets differs from time to time. Usage: node bench/cluster-soak.mjs [restarts] [seed] [samples of a run]
// Needs the built files and redis-server (Debian package redis-server).
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import seedrandom from 'seedrandom';
import { end, endAll, hasEnded, tokenjoule } from './children.mjs';
import { redisProcess } from './redis-process.mjs';

const wanted = Number(process.argv[2] ?? 100);
const random = seedrandom(process.argv[3] ?? 'soak');
const samples = process.argv[4] ?? '1500001';
const SCENARIO = fileURLToPath(new URL('../scenarios/oviedo-2025.yaml', import.meta.url));
const TABLES = ['summary', 'histogram', 'throughput', 'fleet', 'inputs'];
const WORKERS = 2;
const MOST_DISTURBANCES = 4;
/** Runs and workers that have not ended so long after the last disturbance hang: they take some seconds. */
const HUNG_S = 60;
const root = mkdtempSync(join(tmpdir(), 'tokenjoule-soak-'));
const between = (low, high) => low + (high - low) * random();

/** What is done to the cluster: how often of 100 times, how long it lasts in seconds. */
const disturbances = {
  'redis-server killed': { times: 35, most: 1.5, disturb: ({ redis }, seconds) => redis.restart('SIGKILL', seconds) },
  'redis-server stopped': { times: 15, most: 1.5, disturb: ({ redis }, seconds) => redis.restart('SIGTERM', seconds) },
  'redis-server paused': { times: 20, most: 6, disturb: ({ redis }, seconds) => redis.pause(seconds) },
  'worker killed': { times: 15, most: 0, disturb: ({ workers }, _, i) => workers.replace(i, 'SIGKILL') },
  'worker stopped': { times: 15, most: 0, disturb: ({ workers }, _, i) => workers.replace(i, 'SIGTERM') },
};
const names = Object.entries(disturbances).flatMap(([name, { times }]) => Array(times).fill(name));
const done = Object.fromEntries(Object.keys(disturbances).map((name) => [name, 0]));
const ends = { equal: 0, hung: 0 };
const restarts = () => done['redis-server killed'] + done['redis-server stopped'] + done['redis-server paused'];

/** What is done during one run. */
function drawnDisturbances() {
  return Array.from({ length: 1 + Math.floor(between(0, MOST_DISTURBANCES)) }, () => {
    const name = names[Math.floor(between(0, names.length))];
    const seconds = between(0, disturbances[name].most);
    return { name, after: between(0.1, 2), seconds, worker: Math.floor(between(0, WORKERS)) };
  });
}

/** Workers that are started again when they have ended: one that finds no server at its start says so and ends. */
function workersOf(url) {
  const begun = [];
  const begin = () => {
    const worker = tokenjoule('worker', '--cluster', url, '-j', '1');
    begun.push(worker);
    return worker;
  };
  const all = Array.from({ length: WORKERS }, begin);
  const watch = setInterval(() => {
    for (const [i, worker] of all.entries()) if (hasEnded(worker)) all[i] = begin();
  }, 300);
  watch.unref();
  return {
    texts: () => all.map(({ text }) => text),
    opened_anew: () => begun.filter(({ text }) => text.includes('opened anew')).length,
    async replace(i, signal) {
      const old = all[i];
      all[i] = begin();
      if (await inTime(end(old, signal))) return;
      ends.hung++;
      console.error(`a worker hangs at ${signal}: ${old.text}`);
      await end(old, 'SIGKILL');
    },
  };
}

const inTime = (ended) => Promise.race([ended.then(() => true), sleep(HUNG_S * 1000, false, { ref: false })]);

async function disturbedRun(cluster, out) {
  const run = tokenjoule('run', SCENARIO, '-n', samples, '-q', '-o', out, '--cluster', cluster.redis.url);
  for (const { name, after, seconds, worker } of drawnDisturbances()) {
    await sleep(after * 1000);
    await disturbances[name].disturb(cluster, seconds, worker);
    done[name]++;
  }
  if (!(await inTime(run.ended))) return hung(cluster, run);
  const outcome = await run.ended;
  if (outcome === 0) return check(out);
  // A client that finds no server at its start says so and ends.
  if (!run.text.includes('cannot reach')) throw new Error(`a run ended with ${outcome}: ${run.text}`);
}

function check(out) {
  for (const table of TABLES) {
    const [found, expected] = [out, join(root, 'local')].map((folder) =>
      readFileSync(join(folder, 'oviedo-2025', `${table}.arrow`)),
    );
    if (!found.equals(expected)) throw new Error(`${table}.arrow differs from the local run's, in ${out}`);
  }
  rmSync(out, { recursive: true });
  ends.equal++;
}

async function hung({ workers, redis }, run) {
  ends.hung++;
  console.error(`a run hangs: ${run.text}\nworkers:\n${workers.texts().join('---\n')}\n${await queueText(redis.port)}`);
  await end(run, 'SIGKILL');
}

/** What the queue holds and who is connected: whatever tells why nobody works. */
async function queueText(port) {
  const redis = new Redis(port, '127.0.0.1');
  const [queue] = (await redis.keys('tokenjoule:ranges-*:meta')).map((key) => key.replace(/meta$/, ''));
  const lists = ['wait', 'active'].map(async (name) => `${name} ${await redis.lrange(queue + name, 0, -1)}`);
  const sets = ['delayed', 'failed', 'marker'].map(
    async (name) => `${name} ${await redis.zrange(queue + name, 0, -1)}`,
  );
  const stalled = `stalled ${await redis.smembers(`${queue}stalled`)}`;
  const text = [...(await Promise.all([...lists, ...sets])), stalled, await redis.client('LIST')].join('\n');
  redis.disconnect();
  return text;
}

const started = performance.now();
const report = (workers) =>
  `${restarts()} restarts and pauses (${Object.entries(done)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')}), ${ends.equal} runs byte-equal, ${ends.hung} hung, ` +
  `${workers?.opened_anew() ?? 0} queues opened anew, ${Math.round((performance.now() - started) / 1000)} s`;
let workers;
const ticker = setInterval(() => console.error(report(workers)), 15_000);
try {
  const local = tokenjoule('run', SCENARIO, '-n', samples, '-q', '-j', '2', '-o', join(root, 'local'));
  if ((await local.ended) !== 0) throw new Error(local.text);
  mkdirSync(join(root, 'redis'));
  const redis = await redisProcess(join(root, 'redis'));
  workers = workersOf(redis.url);
  for (let i = 0; restarts() < wanted; i++) await disturbedRun({ redis, workers }, join(root, `run-${i}`));
  console.log(report(workers));
  if (ends.hung > 0) process.exitCode = 1;
} catch (error) {
  console.error(`${report(workers)}, then: ${error.message}`);
  process.exitCode = 1;
} finally {
  clearInterval(ticker);
  endAll();
  rmSync(root, { recursive: true, force: true });
}
process.exit();

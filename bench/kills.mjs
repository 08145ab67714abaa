// SIGKILL at random moments: of runs (continued with --resume), of queue workers, and of redis-server (restarted on its
// append-only file). Each run is killed a few times and then left to come through: its tables must equal those of an undisturbed
// run, byte for byte, and neither a checkpoint nor a job may be left (results of a killed cluster run expire). Goes on until there
// were at least so many kills and so many runs, and prints how many of each. Usage: node bench/kills.mjs [kills] [runs] [seed]
// Needs the built files and redis-server (Debian package redis-server).
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import seedrandom from 'seedrandom';
import { end, endAll, hasEnded, tokenjoule } from './children.mjs';
import { redisProcess } from './redis-process.mjs';

const wanted = Number(process.argv[2] ?? 200);
const wantedRuns = Number(process.argv[3] ?? 60);
const random = seedrandom(process.argv[4] ?? 'kills');
const root = mkdtempSync(join(tmpdir(), 'tokenjoule-kills-'));
const SCENARIO = fileURLToPath(new URL('../scenarios/oviedo-2025.yaml', import.meta.url));
const TABLES = ['summary', 'histogram', 'throughput', 'fleet', 'inputs'];
const SAMPLES = 1_000_001;
/** Kills of one run before it is left alone; so that runs come through, too. */
const MOST_KILLS = { run: 3, 'cluster run': 2 };
const kills = { run: 0, 'cluster run': 0, worker: 0, 'redis-server': 0 };
const completed = { run: 0, 'cluster run': 0 };
/** Seconds of an undisturbed run, its start included. */
let undisturbedSeconds = 0;

const sum = (counts) => Object.values(counts).reduce((total, n) => total + n, 0);
const enough = () => sum(kills) >= wanted && sum(completed) >= wantedRuns;
const between = (low, high) => low + (high - low) * random();

const run = (out, ...more) => tokenjoule('run', SCENARIO, '-n', `${SAMPLES}`, '-q', '-o', out, ...more);

async function kill(child, what) {
  const there = await end(child, 'SIGKILL');
  if (there) kills[what]++;
  return there;
}

/** A run that is killed some times, each at a random moment, and resumed until it comes through. */
async function killedRun(out, what, flags) {
  let left = Math.floor(random() * (MOST_KILLS[what] + 1));
  while (true) {
    const child = run(out, '--checkpoint', '1', '--resume', ...flags);
    if (left > 0) {
      const end = await Promise.race([child.ended, sleep(between(0.1, 1.2) * undisturbedSeconds * 1000, 'late')]);
      if (end === 'late' && (await kill(child, what))) left--;
    }
    const outcome = await child.ended;
    if (outcome === 0) return check(out, what);
    // A client that finds no server at its start says so and ends.
    if (outcome !== 'SIGKILL' && !child.text.includes('cannot reach')) {
      throw new Error(`a resumed ${what} ended with ${outcome}: ${child.text}`);
    }
  }
}

function check(out, what) {
  for (const table of TABLES) {
    const [found, undisturbed] = [out, join(root, 'undisturbed')].map((folder) =>
      readFileSync(join(folder, 'oviedo-2025', `${table}.arrow`)),
    );
    if (!found.equals(undisturbed)) throw new Error(`${table}.arrow differs from the undisturbed run's, in ${out}`);
  }
  const files = readdirSync(join(out, 'oviedo-2025')).sort().join(' ');
  const expected = [...TABLES.map((table) => `${table}.arrow`), 'manifest.json'].sort().join(' ');
  if (files !== expected) throw new Error(`stray files in ${out}: ${files}`);
  rmSync(out, { recursive: true });
  completed[what]++;
}

async function localLane() {
  for (let i = 0; !enough(); i++) await killedRun(join(root, `local-${i}`), 'run', ['-j', '1']);
}

async function clusterLane() {
  const folder = join(root, 'redis');
  mkdirSync(folder);
  const redis = await redisProcess(folder);
  const start = () => tokenjoule('worker', '--cluster', redis.url, '-j', '1', '--stall-seconds', '1', '-q');
  let worker = start();
  // One that finds no server at its start says so and ends.
  const watch = setInterval(() => {
    if (hasEnded(worker)) worker = start();
  }, 500);
  let over = false;
  const disturb = (async () => {
    while (!over) {
      await sleep(between(0.5, 3) * undisturbedSeconds * 1000);
      if (over) return;
      if (random() < 0.4) {
        await redis.restart('SIGKILL', 0);
        kills['redis-server']++;
      } else {
        await kill(worker, 'worker');
        worker = start();
      }
    }
  })();
  for (let i = 0; !enough(); i++) {
    await redis.answers();
    await killedRun(join(root, `cluster-${i}`), 'cluster run', ['--cluster', redis.url]);
  }
  over = true;
  await disturb;
  await noJobsLeft(redis.port);
  clearInterval(watch);
}

/** The jobs of a killed run are worked off, and its last results, if any, expire within a minute. */
async function noJobsLeft(port) {
  const redis = new Redis(port, '127.0.0.1');
  let jobs = [];
  for (let i = 0; i < 60; i++) {
    jobs = await redis.keys('tokenjoule:ranges-*:*-*-*-*-*-*');
    if (jobs.length === 0) break;
    await sleep(500);
  }
  const results = await redis.keys('tokenjoule:result:*');
  const left = await Promise.all(results.map((key) => redis.ttl(key)));
  redis.disconnect();
  if (jobs.length > 0) throw new Error(`jobs are left: ${jobs.join(' ')}`);
  if (left.some((seconds) => seconds === -1 || seconds > 60)) throw new Error('results are left that do not expire');
}

const listed = (counts) =>
  Object.entries(counts)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ');
const started = performance.now();
const report = () =>
  `${sum(kills)} kills (${listed(kills)}), ${sum(completed)} runs (${listed(completed)}) came through byte-equal, ` +
  `${Math.round((performance.now() - started) / 1000)} s`;
const ticker = setInterval(() => console.error(report()), 15_000);
try {
  const first = run(join(root, 'undisturbed'), '-j', '1', '--checkpoint', '0');
  if ((await first.ended) !== 0) throw new Error(first.text);
  undisturbedSeconds = (performance.now() - started) / 1000;
  await Promise.all([localLane(), clusterLane()]);
  console.log(report());
} catch (error) {
  console.error(`${report()}, then: ${error.message}`);
  process.exitCode = 1;
} finally {
  clearInterval(ticker);
  endAll();
  rmSync(root, { recursive: true, force: true });
}
process.exit();

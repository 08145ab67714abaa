// SIGKILL at random moments: of runs (continued with --resume), of queue workers, and of redis-server (restarted on its
// append-only file). After each run that comes through, its tables must equal those of an undisturbed run, byte for byte, and
// neither a checkpoint nor a job may be left
// (results of a killed cluster run expire). Prints how many kills there were. Usage: node bench/kills.mjs [kills] [seed]
// Needs the built files and redis-server (Debian package redis-server).
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import seedrandom from 'seedrandom';

const wanted = Number(process.argv[2] ?? 200);
const random = seedrandom(process.argv[3] ?? 'kills');
const root = mkdtempSync(join(tmpdir(), 'tokenjoule-kills-'));
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SCENARIO = fileURLToPath(new URL('../scenarios/oviedo-2025.yaml', import.meta.url));
const TABLES = ['summary', 'histogram', 'throughput', 'fleet', 'inputs'];
const SAMPLES = 1_500_001;
const kills = { run: 0, 'cluster run': 0, worker: 0, 'redis-server': 0 };
const children = new Set();
let completed = 0;

const total = () => Object.values(kills).reduce((sum, n) => sum + n, 0);
const between = (low, high) => low + (high - low) * random();

function start(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.text = '';
  child.stderr.on('data', (data) => {
    child.text += data;
  });
  child.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  children.add(child);
  child.ended.then(() => children.delete(child));
  return child;
}

const cli = (...args) => start(process.execPath, [CLI, ...args]);
const run = (out, ...more) => cli('run', SCENARIO, '-n', `${SAMPLES}`, '-q', '-o', out, ...more);

async function kill(child, what) {
  if (child.exitCode !== null || child.signalCode !== null) return false;
  child.kill('SIGKILL');
  await child.ended;
  kills[what]++;
  return true;
}

/** A run that is killed at random and resumed until it comes through. */
async function killedRuns(out, what, moment, flags) {
  while (true) {
    const child = run(out, '--checkpoint', '1', '--resume', ...flags);
    const end =
      total() >= wanted ? await child.ended : await Promise.race([child.ended, sleep(moment() * 1000, 'late')]);
    if (end === 'late') await kill(child, what);
    const outcome = await child.ended;
    if (outcome === 0) return check(out);
    if (outcome !== 'SIGKILL') throw new Error(`a resumed run ended with ${outcome}: ${child.text}`);
  }
}

function check(out) {
  for (const table of TABLES) {
    const [found, undisturbed] = [out, join(root, 'undisturbed')].map((folder) =>
      readFileSync(join(folder, 'oviedo-2025', `${table}.arrow`)),
    );
    if (!found.equals(undisturbed)) throw new Error(`${table}.arrow differs from the undisturbed run's, in ${out}`);
  }
  const files = readdirSync(join(out, 'oviedo-2025')).sort().join(' ');
  const expected = [...TABLES.map((table) => `${table}.arrow`), 'manifest.json'].sort().join(' ');
  if (files !== expected) throw new Error(`stray files in ${out}: ${files}`);
  completed++;
}

async function localLane() {
  for (let i = 0; total() < wanted; i++) {
    await killedRuns(join(root, `local-${i}`), 'run', () => between(0.5, 5), ['-j', '1']);
  }
}

async function clusterLane() {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const folder = join(root, 'redis');
  mkdirSync(folder);
  const server = () =>
    start('redis-server', [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--save',
      '',
    ]);
  const worker = () => cli('worker', '--cluster', url, '-j', '1', '--stall-seconds', '1', '-q');
  const service = { 'redis-server': server(), worker: worker() };
  let over = false;
  const disturb = (async () => {
    while (!over && total() < wanted) {
      await sleep(between(300, 3000));
      const what = random() < 0.4 ? 'redis-server' : 'worker';
      if (over) return;
      await kill(service[what], what);
      service[what] = what === 'worker' ? worker() : server();
      // A worker or a client that finds no server at its start says so and ends; the others wait for it.
      if (what === 'redis-server') await ready(port);
    }
  })();
  for (let i = 0; total() < wanted; i++) {
    await ready(port);
    await killedClusterRuns(join(root, `cluster-${i}`), url, service, worker);
  }
  over = true;
  await disturb;
  await noJobsLeft(port);
  await kill(service.worker, 'worker');
  await kill(service['redis-server'], 'redis-server');
}

async function killedClusterRuns(out, url, service, worker) {
  while (true) {
    const child = run(out, '--checkpoint', '1', '--resume', '--cluster', url);
    const watch = setInterval(() => {
      if (service.worker.exitCode !== null) service.worker = worker();
    }, 500);
    const moment = sleep(between(4, 20) * 1000, 'late');
    const end = total() >= wanted ? await child.ended : await Promise.race([child.ended, moment]);
    clearInterval(watch);
    if (end === 'late') await kill(child, 'cluster run');
    const outcome = await child.ended;
    if (outcome === 0) return check(out);
    if (outcome !== 'SIGKILL' && !child.text.includes('cannot reach')) {
      throw new Error(`a cluster run ended with ${outcome}: ${child.text}`);
    }
  }
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

async function ready(port) {
  for (let i = 0; i < 100; i++) {
    try {
      execFileSync('redis-cli', ['-p', `${port}`, 'ping'], { stdio: 'ignore' });
      return;
    } catch {
      await sleep(100);
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const started = performance.now();
const report = () =>
  `${total()} kills (${Object.entries(kills)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ')}), ` +
  `${completed} runs came through byte-equal, ${Math.round((performance.now() - started) / 1000)} s`;
const ticker = setInterval(() => console.error(report()), 15_000);
try {
  const first = run(join(root, 'undisturbed'), '-j', '2', '--checkpoint', '0');
  if ((await first.ended) !== 0) throw new Error(first.text);
  await Promise.all([localLane(), clusterLane()]);
  console.log(report());
} catch (error) {
  console.error(`${report()}, then: ${error.message}`);
  process.exitCode = 1;
} finally {
  clearInterval(ticker);
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
}
process.exit();

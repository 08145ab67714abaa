// What the queue costs: a run on two local worker processes of one thread each against the same run in two local threads, in turn,
// several times. Prints the least time of each and their ratio, processor time beside wall time: other processes of the machine
// disturb that less. Usage: node bench/cluster.mjs [scenario] [samples] [repetitions]
// Needs the built files and redis-server (Debian package redis-server).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [scenario = 'bench/peers/one-model.yaml', samples = '1000000000', repetitions = '3'] = process.argv.slice(2);
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
/** What the kernel counts processor time in (Linux, `getconf CLK_TCK`). */
const TICKS_PER_S = 100;
const out = mkdtempSync(join(tmpdir(), 'tokenjoule-cluster-'));
const port = await freePort();
const url = `redis://127.0.0.1:${port}`;
const services = [
  spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', out, '--save', ''], { stdio: 'ignore' }),
];

try {
  await sleep(500);
  for (const _ of [1, 2]) services.push(cli('worker', '--cluster', url, '-j', '1', '-q'));
  await sleep(1500);
  const pairs = [];
  for (let i = 0; i < Number(repetitions); i++) {
    const local = await measured('-j', '2');
    const cluster = await measured('--cluster', url);
    pairs.push({ local, cluster });
    console.log(`  ${i + 1}: threads ${text(local)}, workers ${text(cluster)}`);
  }
  const least = (where, what) => Math.min(...pairs.map((pair) => pair[where][what]));
  const over = (what) => `${((least('cluster', what) / least('local', what) - 1) * 100).toFixed(1)} %`;
  console.log(`${scenario}, ${samples} samples, least of ${repetitions} pairs, two workers over two threads:`);
  console.log(`  wall time ${over('wall')}, of which drawing ${over('drawing')}; processor time ${over('cpu')}`);
} finally {
  for (const service of services) service.kill('SIGKILL');
  rmSync(out, { recursive: true, force: true });
}

function cli(...args) {
  return spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Seconds of one run: of the whole process, of its drawing as the manifest has it, and of all processors that worked for it. */
async function measured(...flags) {
  const before = cpuSeconds(services);
  const begun = performance.now();
  const child = spawn(
    '/usr/bin/time',
    ['-f', '%U %S', process.execPath, CLI, 'run', scenario, '-n', samples, '-q', '-o', out, ...flags],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(stderr);
  const wall = (performance.now() - begun) / 1000;
  const own = stderr
    .trim()
    .split('\n')
    .at(-1)
    .split(' ')
    .reduce((sum, part) => sum + Number(part), 0);
  const { name } = /^name: (?<name>\S+)/m.exec(readFileSync(scenario, 'utf8')).groups;
  const { seconds } = JSON.parse(readFileSync(join(out, name, 'manifest.json'), 'utf8'));
  return { wall, drawing: seconds, cpu: own + cpuSeconds(services) - before };
}

function cpuSeconds(processes) {
  return processes.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
  }, 0);
}

function text({ wall, drawing, cpu }) {
  return `${wall.toFixed(1)} s (drawing ${drawing.toFixed(1)} s, processors ${cpu.toFixed(1)} s)`;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

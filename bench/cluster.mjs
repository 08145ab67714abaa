// What the queue costs: a run on two local worker processes of one thread each against the same run in two local threads, in turn,
// several times. Prints the least time of each and their ratio, processor time beside wall time: other processes of the machine
// disturb that less. Usage: node bench/cluster.mjs [scenario] [samples] [repetitions]
// Needs the built files and redis-server (Debian package redis-server).
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cli, cpuSeconds, timedRun } from './processor.mjs';
import { freePort } from './redis-process.mjs';

const [scenario = 'bench/peers/one-model.yaml', samples = '1000000000', repetitions = '3'] = process.argv.slice(2);
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

/** Seconds of one run: of the whole process, of its drawing as the manifest has it, and of all processors that worked for it. */
async function measured(...flags) {
  const ofServices = () => services.reduce((sum, service) => sum + cpuSeconds(service), 0);
  const before = ofServices();
  const { wall, cpu } = await timedRun(['run', scenario, '-n', samples, '-q', '-o', out, ...flags]);
  const { name } = /^name: (?<name>\S+)/m.exec(readFileSync(scenario, 'utf8')).groups;
  const { seconds } = JSON.parse(readFileSync(join(out, name, 'manifest.json'), 'utf8'));
  return { wall, drawing: seconds, cpu: cpu + ofServices() - before };
}

function text({ wall, drawing, cpu }) {
  return `${wall.toFixed(1)} s (drawing ${drawing.toFixed(1)} s, processors ${cpu.toFixed(1)} s)`;
}

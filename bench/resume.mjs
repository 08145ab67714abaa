// What it costs to be stopped and to go on: a run that is stopped half-way and resumed, in all, over the same run undisturbed, in
// turn, several times; by SIGTERM (preempted: it saves its state and ends) and by SIGKILL (what came since the last state is
// drawn again). Processor time beside wall time: other processes of the machine disturb that less.
// Usage: node bench/resume.mjs [samples] [repetitions]. Needs the built files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timedRun } from './processor.mjs';

const [samples = '5000000', repetitions = '5'] = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'tokenjoule-resume-'));
const args = ['run', 'scenarios/oviedo-2025.yaml', '-n', samples, '-q', '-j', '1', '--checkpoint', '1', '-o', out];

try {
  const whole = [];
  const stopped = { SIGTERM: [], SIGKILL: [] };
  for (let i = 0; i < Number(repetitions); i++) {
    const undisturbed = await timedRun(args);
    whole.push(undisturbed);
    for (const [signal, list] of Object.entries(stopped))
      list.push(await stoppedAndResumed(signal, undisturbed.wall / 2));
  }
  const least = (list, what) => Math.min(...list.map((one) => one[what]));
  console.log(`oviedo-2025, ${samples} samples, one thread, least of ${repetitions}:`);
  console.log(`  undisturbed            ${text(least(whole, 'wall'), least(whole, 'cpu'))}`);
  for (const [signal, list] of Object.entries(stopped)) {
    const [wall, cpu] = ['wall', 'cpu'].map((what) => least(list, what));
    const more = text(wall - least(whole, 'wall'), cpu - least(whole, 'cpu'));
    console.log(`  ${signal} and --resume   ${text(wall, cpu)}: ${more} more`);
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

async function stoppedAndResumed(signal, after) {
  const first = await timedRun(args, { signal, after });
  const second = await timedRun([...args, '--resume']);
  return { wall: first.wall + second.wall, cpu: first.cpu + second.cpu };
}

function text(wall, cpu) {
  return `${wall.toFixed(2)} s (processors ${cpu.toFixed(2)} s)`;
}

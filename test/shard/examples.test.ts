// The examples of array jobs, as their schedulers would run them: Slurm's sbatch is a stand-in that runs a task after the other, the
// last one first, with the variables that its manual names. Cannot see Slurm, Kubernetes, nor a file system that nodes share.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { CLI, SCENARIOS, tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';

vi.setConfig({ testTimeout: 240_000 });

const TASKS = tries(2, 3);
const SAMPLES = `${tries(4001, 300_001)}`;
const TABLES = ['summary', 'histogram', 'throughput', 'fleet', 'inputs'];

/** Prints a job's number, and notes its number, its tasks and what it waits for. */
const SBATCH = `#!/bin/bash
set -euo pipefail
array=; dependency=; cpus=1
while [ $# -gt 0 ]; do
  case "$1" in
    --array=*) array=\${1#--array=1-} ;;
    --dependency=*) dependency=\${1#--dependency=} ;;
    --cpus-per-task=*) cpus=1 ;;
    --wrap) command=$2; shift ;;
  esac
  shift
done
job=$(( $(wc -l < "$JOBS") + 100 ))
[ -z "$array" ] || export SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=$array SLURM_ARRAY_TASK_COUNT=$array SLURM_ARRAY_TASK_STEP=1
for (( task = \${array:-1}; task >= 1; task-- )); do
  [ -z "$array" ] || export SLURM_ARRAY_TASK_ID=$task
  SLURM_CPUS_PER_TASK=$cpus bash -c "$command" >&2
done
echo "$job \${array:-alone} \${dependency:-nothing}" >> "$JOBS"
echo "$job"
`;

test(
  'the Slurm example submits both passes and the merge, which gives the tables of one run',
  needs('bash', 'minutes'),
  () =>
    inTemporaryFolder(async (folder) => {
      const [bin, jobs, out, whole] = ['bin', 'jobs', 'out', 'whole'].map((name) => join(folder, name));
      await mkdir(bin);
      await writeFile(jobs, '');
      await writeFile(join(bin, 'sbatch'), SBATCH, { mode: 0o755 });
      await writeFile(join(bin, 'tokenjoule'), `#!/bin/bash\nexec '${process.execPath}' '${CLI}' "$@"\n`, {
        mode: 0o755,
      });
      const scenario = join(SCENARIOS, 'oviedo-2026.yaml');
      const asked = { SCENARIO: scenario, SAMPLES, OUT: out, TASKS: `${TASKS}`, JOBS: jobs };
      const env = { ...process.env, ...asked, PATH: `${bin}${delimiter}${process.env.PATH}` };
      await promisify(execFile)('bash', ['examples/array-job.sbatch'], { env });
      expect(await readFile(jobs, 'utf8')).toBe(
        `100 ${TASKS} nothing\n101 ${TASKS} afterok:100\n102 alone afterok:101\n`,
      );
      expect((await tokenjoule(['run', scenario, '-n', SAMPLES, '-q', '-j', '1', '-o', whole])).status).toBe(0);
      for (const table of TABLES) {
        const [merged, undivided] = await Promise.all(
          [out, whole].map((place) => readFile(join(place, 'oviedo-2026', `${table}.arrow`))),
        );
        expect(merged.equals(undivided), table).toBe(true);
      }
    }),
);

test('the Kubernetes example has as many pods as parts, and its command is one that tokenjoule takes', () =>
  inTemporaryFolder(async (out) => {
    const { spec } = parse(await readFile('examples/indexed-job.yaml', 'utf8'));
    const [container] = spec.template.spec.containers;
    const [program, ...args]: string[] = container.args;
    expect(program).toBe('tokenjoule');
    expect(spec.completionMode).toBe('Indexed');
    expect(args).toContain(`--shard=auto/${spec.completions}`);
    const own = args.map((arg) => arg.replace(/^--samples=.*/, '--samples=20001').replace('/results', out));
    const { status, stdout, stderr } = await tokenjoule(own, { env: { JOB_COMPLETION_INDEX: '15' } });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('pass-1.016-of-016.tjstate');
  }));

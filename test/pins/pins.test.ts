// The numbers of version 0.2.0, to the bit: a subset of what is pinned that meets every shipped scenario, both kernels, every
// sampler, none and two threads, sweeps, what is written to disk, an analysis and a comparison; and a scenario of what no shipped
// one has, every-key.yaml. The rest are all-*.test.ts, which run with TOKENJOULE_ALL_TESTS=1. All columns of all tables are held by
// value, single draws by a hash of each column and every 1021st row. Pseudo-random draws are 4,096; the other samplers take no
// fewer than 16,384.
// What it cannot see: whether the numbers are right (test/oracle.test.ts), metadata of files, columns that came later, and
// rows of the kinds listed in extras.json. Uses the built files.
import { describe, it } from 'vitest';
import { KERNELS, type PoolCase, RUNS, SAMPLERS, SCENARIOS, SWEEP_RUNS, WRITTEN } from './cases.js';
import { expectPinned } from './expect-pinned.js';
import { JOB_CASES } from './job-cases.js';
import { poolOf } from './pool-of.js';

const WORKERS = [0, 2];

/** With each scenario another sampler, kernel and number of threads: each kernel meets each sampler. */
const covering = SCENARIOS.map((scenario, i) => ({
  one: caseOf(RUNS, scenario, SAMPLERS[i % 3], KERNELS[i % 2]),
  workers: WORKERS[Math.floor(i / 2) % 2],
}));

const others = [
  { one: caseOf(WRITTEN, 'non-production', 'pseudo', 'wasm'), workers: 2 },
  { one: caseOf(SWEEP_RUNS, 'sweep-coupled-utilization', 'pseudo', 'wasm'), workers: 0 },
  { one: caseOf(SWEEP_RUNS, 'sweep-input-length', 'pseudo', 'reference'), workers: 2 },
  { one: caseOf(RUNS, 'every-key', 'pseudo', 'wasm'), workers: 2 },
  { one: caseOf(RUNS, 'every-key', 'pseudo', 'reference'), workers: 0 },
];

const jobs = [
  { name: 'analysis-morris-sweep-input-length', workers: 2 },
  { name: 'comparison-oviedo-2026-vs-oviedo-2025', workers: 0 },
];

function caseOf(cases: readonly PoolCase[], scenario: string, sampler: string, kernel: string): PoolCase {
  return cases.find((one) => one.scenario === scenario && one.sampler === sampler && one.kernel === kernel)!;
}

for (const kernel of KERNELS) {
  describe.each(WORKERS)(`on the ${kernel} kernel with %i workers`, (workers) => {
    const pool = poolOf(workers, kernel);
    const here = [...covering, ...others].filter((each) => each.workers === workers && each.one.kernel === kernel);
    for (const { one } of here) {
      it(`makes ${one.name} as 0.2.0 did`, async () => expectPinned(one.files, await one.compute(pool())));
    }
  });
}

describe.each(jobs)('with $workers workers', ({ name, workers }) => {
  it(`makes ${name} as 0.2.0 did`, async () => {
    const { compute } = JOB_CASES.find((one) => one.name === name)!;
    await expectPinned([name], await compute(workers));
  });
});

import type { Pool } from '../../dist/index.js';
import { DRAWS, preciseTables, runTables, type Sampler, sweepTables, writtenTables } from './compute.js';
import type { FoundTable } from './found-table.js';

/** The kernels of 0.2.0. */
export const KERNELS = ['wasm', 'reference'] as const;

/** What is pinned on a pool of any number of threads. */
export interface PoolCase {
  readonly name: string;
  /** Files that hold what is expected: the first its own tables, the others those that another case pins, too. */
  readonly files: readonly string[];
  readonly scenario: string;
  readonly sampler: Sampler;
  readonly kernel: (typeof KERNELS)[number];
  compute(pool: Pool): Promise<FoundTable[]>;
}

const SWEEPS = ['sweep-coupled-utilization', 'sweep-input-length', 'sweep-pue-utilization'];

/** All scenarios that 0.2.0 ships. */
export const SCENARIOS = [
  ...['oviedo-2025', 'oviedo-2026', 'coupled-utilization', 'input-length', 'non-production'],
  ...SWEEPS,
];

/** The samplers of 0.2.0. */
export const SAMPLERS = Object.keys(DRAWS) as Sampler[];

/** The tables of a run: every scenario with every sampler on every kernel. */
export const RUNS = casesOf('run', [...SCENARIOS, 'every-key'], runTables);

/** Runs that draw until a median is known: many draws, so on the fast kernel. */
export const PRECISE_RUNS = onWasm(casesOf('until', ['oviedo-2026'], preciseTables));

/** The tables of sweeps likewise. The grid of six by six is pinned by its corners where draws are many. */
export const SWEEP_RUNS = casesOf('cells', SWEEPS, (scenario, sampler, pool) => {
  const corners = scenario === 'sweep-pue-utilization' && sampler !== 'pseudo';
  return sweepTables(scenario, sampler, corners ? CORNERS : [], pool);
});

const CORNERS = ['pue', 'power_utilization'].map((key) => `sweep.over.${key}.linear.points=2`);

/** What a run writes to disk, single draws among it; these are the reference's on any kernel. */
export const WRITTEN = onWasm(casesOf('samples', [...SCENARIOS, 'every-key'], writtenTables)).map((one) => ({
  ...one,
  files: [one.name, one.name.replace('samples-', 'run-')],
}));

function onWasm(cases: readonly PoolCase[]): PoolCase[] {
  return cases.filter(({ kernel }) => kernel === 'wasm');
}

function casesOf(
  kind: string,
  scenarios: readonly string[],
  compute: (scenario: string, sampler: Sampler, pool: Pool) => Promise<FoundTable[]>,
): PoolCase[] {
  return scenarios.flatMap((scenario) =>
    SAMPLERS.flatMap((sampler) =>
      KERNELS.map((kernel) => {
        const name = `${kind}-${scenario}-${sampler}-${kernel}`;
        return {
          name,
          files: [name],
          scenario,
          sampler,
          kernel,
          compute: (pool: Pool) => compute(scenario, sampler, pool),
        };
      }),
    ),
  );
}

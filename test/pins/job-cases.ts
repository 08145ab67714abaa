import type { FoundTable } from './found-table.js';
import { type Asked, analysisTables, comparisonTables, drawsAnalysisTables, resultsComparisonTables } from './jobs.js';

/** What is pinned by its number of threads alone: analyses and comparisons, which draw on the reference kernel. */
export interface JobCase {
  /** Also of the file of what is expected. */
  readonly name: string;
  compute(workers: number): Promise<FoundTable[]>;
}

const ANALYSES: readonly (readonly [scenario: string, asked: Asked])[] = [
  ['oviedo-2026', { method: 'sobol', samples: 256, secondOrder: true }],
  ['input-length', { method: 'sobol', samples: 256, estimator: 'jansen1999' }],
  ['coupled-utilization', { method: 'sobol', samples: 256, estimator: 'janon2014', targets: ['P95', 'P(energy > 1)'] }],
  ['oviedo-2025', { method: 'morris', samples: 50 }],
  ['sweep-input-length', { method: 'morris', samples: 50 }],
  ['coupled-utilization', { method: 'tornado', samples: 1 }],
  ['non-production', { method: 'regression', samples: 512 }],
  ['input-length', { method: 'pawn', samples: 512 }],
  ['oviedo-2026', { method: 'shapley', samples: 64 }],
  ['every-key', { method: 'shapley', samples: 32 }],
];

const COMPARED = [
  ['oviedo-2025', 'oviedo-2026'],
  ['oviedo-2026', 'coupled-utilization'],
  ['oviedo-2025', 'input-length'],
  ['oviedo-2026', 'non-production'],
] as const;

/** Every method, estimator and kind of target, and each scenario that is not another's double; and pairs draw by draw. */
export const JOB_CASES: readonly JobCase[] = [
  ...ANALYSES.map(([scenario, asked]) => ({
    name: `analysis-${asked.method}-${scenario}`,
    compute: (workers: number) => analysisTables(scenario, asked, workers),
  })),
  ...COMPARED.map(([a, b]) => ({
    name: `comparison-${b}-vs-${a}`,
    compute: (workers: number) => comparisonTables(a, b, workers),
  })),
];

/** The draws of a run analysed, and two results compared: one thread does it, however many there are. */
export const THREADLESS_CASES: readonly JobCase[] = [
  ...(['regression', 'pawn'] as const).map((method) => ({
    name: `analysis-of-draws-${method}-oviedo-2026`,
    compute: () => drawsAnalysisTables('oviedo-2026', method),
  })),
  {
    name: 'comparison-of-results-oviedo-2026-vs-oviedo-2025',
    compute: () => resultsComparisonTables('oviedo-2025', 'oviedo-2026'),
  },
];

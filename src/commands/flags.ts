// Flags of commands. Defaults stand here alone: the help text shows them from here.

/** Flags that every command has which draws from scenario files: run, sweep, analyze and compare. */
export const DRAWING_FLAGS = {
  out: { type: 'string', short: 'o', default: 'output' },
  samples: { type: 'string', short: 'n' },
  seed: { type: 'string', short: 's' },
  workers: { type: 'string', short: 'j' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** Which of several results in a folder: sweep, analyze and compare. */
export const NAME_FLAG = { name: { type: 'string' } } as const;

/** Those that say how a run draws: run and sweep. */
export const RUN_FLAGS = {
  ...DRAWING_FLAGS,
  sampler: { type: 'string' },
  until: { type: 'string' },
  kernel: { type: 'string', default: 'auto' },
  cluster: { type: 'string' },
} as const;

/** Those of run alone. */
export const ONE_RUN_FLAGS = {
  ...RUN_FLAGS,
  'keep-samples': { type: 'boolean' },
  format: { type: 'string', default: 'arrow' },
  'raw-text': { type: 'boolean' },
  checkpoint: { type: 'string', default: '5' },
  resume: { type: 'boolean' },
  force: { type: 'boolean', short: 'f' },
  previous: { type: 'string' },
  'no-histogram': { type: 'boolean' },
  shard: { type: 'string' },
  block: { type: 'string' },
  pass: { type: 'string' },
  strict: { type: 'boolean' },
  metric: { type: 'string', default: 'energy' },
  'no-color': { type: 'boolean' },
} as const;

export const ANALYZE_FLAGS = {
  ...DRAWING_FLAGS,
  ...NAME_FLAG,
  method: { type: 'string', short: 'm', default: 'sobol' },
  target: { type: 'string', multiple: true },
  metric: { type: 'string', default: 'energy' },
  estimator: { type: 'string', default: 'saltelli2010' },
  'second-order': { type: 'boolean' },
  resamples: { type: 'string', default: '100' },
  'conf-level': { type: 'string', default: '0.95' },
} as const;

export const LEVERS_FLAGS = { ...DRAWING_FLAGS, ...NAME_FLAG, lever: { type: 'string', multiple: true } } as const;

export const ANNOTATE_FLAGS = {
  samples: { type: 'string', short: 'n', default: '4096' },
  set: { type: 'string', multiple: true },
  regime: { type: 'string' },
  model: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

export const QUERY_FLAGS = {
  'allow-files': { type: 'boolean' },
  'max-seconds': { type: 'string', default: '60' },
  'max-memory': { type: 'string', default: '1GB' },
  json: { type: 'boolean' },
} as const;

export const WORKER_FLAGS = {
  cluster: { type: 'string' },
  workers: { type: 'string', short: 'j' },
  'stall-seconds': { type: 'string', default: '5' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** Any port would do; one that stays the same keeps bookmarks of scenarios working. */
export const EXPLORE_FLAGS = {
  port: { type: 'string', default: '7340' },
  out: { type: 'string', short: 'o' },
} as const;

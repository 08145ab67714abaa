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

/** Those that say how a run draws: run and sweep. */
export const RUN_FLAGS = {
  ...DRAWING_FLAGS,
  sampler: { type: 'string' },
  until: { type: 'string' },
  kernel: { type: 'string', default: 'auto' },
  cluster: { type: 'string' },
} as const;

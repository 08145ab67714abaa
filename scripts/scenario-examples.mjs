/** An example of each section of a scenario file, in the order of the reference; keys that belong together stand together. */
export const SECTIONS = [
  {
    title: 'What it is called, and how much is drawn',
    keys: ['version', 'name', 'description', 'seed', 'samples', 'sampler', 'precision'],
    example:
      'seed: mine\nsamples: 200000 # per model and regime\nsampler: sobol\nprecision: { metric: energy, quantile: p50, relative: 0.01 }',
  },
  {
    title: 'Models and their throughput',
    keys: ['throughput', 'hardware', 'models', 'node_power_kw', 'formulas'],
    example:
      'node_power_kw: 10.2\nmodels:\n  My model: { tps: { lognormal: { p5: 1500, p95: 4000 } } }\n  Another: { node_seconds: { per_input_token: 1.2e-4, per_output_token: 1.3e-4, per_context_token: 7e-8 } }',
  },
  {
    title: 'Queries',
    keys: [
      'input_tokens',
      'output_tokens',
      'cached_input_tokens',
      'prefill_weight',
      'concurrency',
      'lengths',
      'regimes',
    ],
    example:
      'input_tokens: 500\nregimes:\n  chat: { output_tokens: { exponential: { median: 300 } } }\n  report: { input_tokens: 6000, output_tokens: { lognormal: { p5: 500, p95: 4000 } } }',
  },
  {
    title: 'Sessions',
    keys: ['session'],
    example:
      'models: { m: { node_seconds: { per_input_token: 1.2e-4, per_output_token: 1.3e-4, per_context_token: 7e-8 } } }\nsession: { turns: { lognormal: { mean: 8, sd: 6 } }, system_tokens: 1000, cache: { hit: 0.9, ttl_s: 300 }, gap_s: 60 }',
  },
  {
    title: 'The datacentre',
    keys: ['power_utilization', 'pue', 'load', 'power_management', 'pools', 'routing', 'slo'],
    example:
      'power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }\npue: { lognormal: { p5: 1.05, p95: 1.6 }, min: 1 }\nload: { profile: azure-2024-conversation, peak_load: 0.9 }',
  },
  {
    title: 'Blends, pathways, fleet',
    keys: ['blends', 'pathways', 'fleet', 'non_production'],
    example:
      'blends: { all: { models: [m] } }\npathways: { cooler: { lognormal: { p5: 1.1, p95: 1.5 } } }\nfleet: { blend: all, queries_per_day: 40e6, beta: 1.2, mixes: { all: { one: 1 } } }',
  },
  {
    title: 'Carbon, water, cost',
    keys: ['impact'],
    example:
      'impact:\n  grid: { region: SWE, year: 2024 }\n  embodied: { kgco2e_per_node: 5000, lifetime_years: 5, utilization: 0.5 }\n  water: { wue_site_l_per_kwh: 0.3, wue_grid_l_per_kwh: { uniform: { min: 1, max: 3 } } }\n  cost: { currency: EUR, price_per_kwh: 0.12, node_hour: 20 }',
  },
  {
    title: 'How well it is known, and what depends on what',
    keys: ['uncertainty', 'correlation'],
    example:
      'pue: { lognormal: { p5: 1.05, p95: 1.6 }, vary: shared }\nuncertainty: { worlds: 100, samples: 1024 }\ncorrelation: { output_tokens: { input_tokens: 0.4 } }\noutput_tokens: { lognormal: { p5: 50, p95: 1500 } }\ninput_tokens: { lognormal: { p5: 100, p95: 4000 } }',
  },
  {
    title: 'Expectations, published figures, sweeps',
    keys: ['published', 'expect', 'quantiles', 'sweep'],
    example:
      'expect: { energy.p50: { within: [0.1, 2] } }\npublished: { source: our audit of 2025, energy: [{ regime: one, subject: m, trim: none, p50: 0.4 }] }\nsweep: { over: { pue: [1.05, 1.2, 1.4] } }',
  },
];

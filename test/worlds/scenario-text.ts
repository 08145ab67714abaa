/** A scenario with worlds that are drawn one by one (a throughput is shared), a blend, and a fleet. */
export const NESTED_SCENARIO = `version: 1
name: nested
seed: anywhere
samples: 4096
uncertainty: { worlds: 24, samples: 1024 }
node_power_kw: 10
models: { One: { tps: 900 }, Two: { tps: { lognormal: { p5: 500, p95: 2000 }, vary: shared } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.8 }, vary: { shared: 0.5 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 }, vary: shared }
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
blends: { Both: { models: [One, Two] } }
fleet: { blend: Both, queries_per_day: 1.0e+6, beta: 1.3, mixes: { all: { traditional: 1 } } }
`;

/** The tables of worlds. */
export const WORLD_TABLES = ['uncertainty', 'variance'] as const;

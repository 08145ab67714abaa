/** A scenario of one model and one regime that runs in no time. */
export const SMALL = `
version: 1
name: small
seed: one
samples: 3000
node_power_kw: 10
models: { Only: { tps: 1000 } }
pue: 1.2
power_utilization: 0.5
input_tokens: 100
regimes: { traditional: { output_tokens: { exponential: { median: 300 } } } }
`;

/** Numbers in [0, 1), the same for a seed (mulberry32, T. Ettinger, public domain). */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A scenario by its number: factors of all families, sharp edges and single values among them, throughput in every form,
 * one or two random lengths, with and without prefill, coupling, correlations, blends and pathways.
 */
export function randomScenario(seed: number): object {
  const next = uniforms(seed);
  const chance = (share: number) => next() < share;
  const between = (low: number, high: number) => low + (high - low) * next();
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const factor = (size: number) => {
    const [low, high] = [size * between(0.5, 0.9), size * between(1.1, 1.8)];
    return oneOf<unknown>([
      { lognormal: { p5: low, p95: high } },
      { lognormal: { p5: low, p95: high }, min: low, max: high },
      { uniform: { min: low, max: high } },
      { loguniform: { min: low, max: high } },
      { triangular: { min: low, mode: between(low, high), max: high } },
      { gamma: { shape: between(3, 9), scale: size / 6 } },
      { weibull: { shape: between(1.5, 4), scale: size } },
      { normal: { mean: size, sd: size * between(0.02, 0.2) }, min: low, max: 2 * size },
      { empirical: { values: [low, size, high] } },
      {
        mixture: [
          { weight: 0.3, distribution: size },
          { weight: 0.7, distribution: { uniform: { min: low, max: high } } },
        ],
      },
      size,
    ]);
  };
  const tokens = (size: number) =>
    oneOf<unknown>([
      { exponential: { median: size } },
      { lognormal: { p5: size / 4, p95: size * 4 } },
      { uniform: { min: size / 2, max: 2 * size } },
      { empirical: { values: [0, Math.round(size / 3), Math.round(size)] } },
      Math.round(size),
    ]);
  const model = () =>
    oneOf<unknown>([
      { tps: factor(1000) },
      {
        node_seconds: {
          per_input_token: between(0, 2e-4),
          per_output_token: chance(0.3) ? factor(2e-4) : 2e-4,
          per_context_token: between(0, 1e-7),
        },
      },
    ]);
  const models: Record<string, unknown> = chance(0.5) ? { 'Llama 3.1 405B': {}, 'Llama 3.1 70B': {} } : {};
  const throughput = Object.keys(models).length > 0 ? { throughput: { dataset: 'data/throughput-oviedo.csv' } } : {};
  for (const name of ['one', 'two']) if (chance(0.6) || Object.keys(models).length === 0) models[name] = model();
  const hasCosts = JSON.stringify(models).includes('node_seconds');
  const utilization = chance(0.2) ? { coupled: { base: 0.24, span: 0.56 } } : factor(0.6);
  return {
    version: 1,
    name: `random-${seed}`,
    seed: `random ${seed}`,
    ...throughput,
    node_power_kw: chance(0.3) ? factor(10) : 10.2,
    models,
    power_utilization: utilization,
    pue: factor(1.3),
    input_tokens: chance(0.3) ? tokens(600) : 500,
    prefill_weight: !hasCosts && chance(0.3) ? between(0.01, 0.1) : 0,
    regimes: { short: { output_tokens: tokens(300) }, long: { output_tokens: tokens(5000) } },
    ...(chance(0.2) && { correlation: { output_tokens: { pue: between(-0.6, 0.6) } } }),
    blends: { all: { models: Object.keys(models) }, highest: { highest_median_energy: 1 } },
    pathways: { model: factor(3), both: { product: ['model', 'more'] }, more: factor(2) },
  };
}

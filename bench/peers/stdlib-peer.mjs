// one-model.yaml as a loop over the samplers of @stdlib/random, one thread. Prints P5 P25 P50 P75 P95 of energy, Wh.
// usage: node stdlib-peer.mjs SAMPLES SEED
import exponential from '@stdlib/random-base-exponential';
import lognormal from '@stdlib/random-base-lognormal';

const Z95 = 1.645;
const [samples, seed] = process.argv.slice(2).map(Number);
const outputTokens = exponential.factory(Math.LN2 / 300, { seed: 3 * seed + 1 });
const utilization = lognormalBetween(0.4, 0.9, 3 * seed + 2);
const pue = lognormalBetween(1.05, 1.6, 3 * seed + 3);

const energies = new Float64Array(samples);
for (let i = 0; i < samples; i++) {
  const tokens = Math.round(outputTokens());
  energies[i] = ((pue() * 10.2 * utilization() * tokens) / tps(tokens)) * (1000 / 3600);
}
energies.sort();
console.log(JSON.stringify([0.05, 0.25, 0.5, 0.75, 0.95].map(quantile)));

function lognormalBetween(p5, p95, seed) {
  return lognormal.factory((Math.log(p5) + Math.log(p95)) / 2, Math.log(p95 / p5) / 2 / Z95, { seed: 3 * seed + 1 });
}

function tps(tokens) {
  const lnTokens = Math.log(Math.max(tokens, 1e-6));
  return Math.min(4572.23, Math.exp(9.761963208597 - 0.585438883133 * Math.log(500) + 0.226564431815 * lnTokens));
}

function quantile(p) {
  const place = p * (samples - 1);
  const below = Math.floor(place);
  return energies[below] + (place - below) * (energies[Math.min(below + 1, samples - 1)] - energies[below]);
}

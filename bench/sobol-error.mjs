// Error of Sobol indices against closed forms, tokenjoule's library and SALib's formulas ported to NumPy
// (bench/peers/sobol_error.py), over the same number of seeds: npm run build && node bench/sobol-error.mjs [SEEDS]
// Beside each error its ratio to the peer's, with a 95 % interval from bootstrapped seeds; PYTHON names an interpreter that has
// numpy and scipy.
import { execFileSync } from 'node:child_process';
import seedrandom from 'seedrandom';
import { sobolIndices } from '../dist/sensitivity/sobol.js';

const SEEDS = Number(process.argv[2] ?? 1000);
const PYTHON = process.env.PYTHON ?? 'python3';
const G = [0, 1, 4.5, 9, 99];

// Closed forms: Ishigami and Homma 1990 (a = 7, b = 0.1); G: V_i = 1 / (3 (1 + a_i)²), V = Π (1 + V_i) - 1.
const [v1, v2, v13] = [0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2, 49 / 8, 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50)];
const parts = G.map((a) => 1 / (3 * (1 + a) ** 2));
const product = parts.reduce((all, part) => all * (1 + part), 1);
const FUNCTIONS = {
  ishigami: {
    problem: problem(3, (u) => {
      const [x1, x2, x3] = u.map((value) => Math.PI * (2 * value - 1));
      return Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1);
    }),
    first: [v1, v2, 0].map((v) => v / (v1 + v2 + v13)),
    total: [v1 + v13, v2, v13].map((v) => v / (v1 + v2 + v13)),
  },
  sobol_g: {
    problem: problem(5, (u) => u.reduce((all, x, i) => (all * (Math.abs(4 * x - 2) + G[i])) / (1 + G[i]), 1)),
    first: parts.map((part) => part / (product - 1)),
    total: parts.map((part) => ((part / (1 + part)) * product) / (product - 1)),
  },
};

function problem(dimensions, f) {
  const parameters = Array.from({ length: dimensions }, (_, i) => `x${i + 1}`);
  const evaluate = (values, n, [out]) => {
    for (let i = 0; i < n; i++) out[i] = f(values.map((column) => column[i]));
  };
  return { parameters, outputs: ['y'], evaluate };
}

function ours({ problem }, samples, estimator, seed) {
  const options = { samples, seed: `error ${seed}`, points: 'sobol', estimator, secondOrder: false };
  const [{ effects }] = sobolIndices(problem, { ...options, resamples: 2, confLevel: 0.95 });
  const of = (name) =>
    problem.parameters.map((one) => effects.find(({ parameter }) => parameter === one).numbers[name]);
  return [of('s1'), of('st')];
}

/** Squared error of first-order or total indices, by seed, averaged over parameters. */
function squares(exact, order, runs) {
  return runs.map((run) => run[order].reduce((sum, s, i) => sum + (s - exact[i]) ** 2, 0) / exact.length);
}

const rms = (values) => Math.sqrt(values.reduce((sum, value) => sum + value, 0) / values.length);

const RESAMPLES = 400;

/** Ratio of two root mean square errors, and its 95 % interval. */
function ratioOf(own, peer) {
  const random = seedrandom('intervals');
  const drawn = (values) => values.map(() => values[Math.floor(random() * values.length)]);
  const ratios = Array.from({ length: RESAMPLES }, () => rms(drawn(own)) / rms(drawn(peer))).sort((a, b) => a - b);
  const shown = [rms(own) / rms(peer), ratios[Math.floor(0.025 * RESAMPLES)], ratios[Math.floor(0.975 * RESAMPLES)]];
  const [ratio, low, high] = shown.map((value) => value.toFixed(2));
  return `${ratio} (${low}–${high})`;
}

for (const samples of [2 ** 10, 2 ** 13]) {
  const path = new URL('peers/sobol_error.py', import.meta.url).pathname;
  const peer = JSON.parse(execFileSync(PYTHON, [path, samples, SEEDS], { maxBuffer: 2 ** 28 }));
  for (const [name, one] of Object.entries(FUNCTIONS)) {
    const print = (label, runs) => {
      const cells = ['first', 'total'].map((kind, order) => {
        const [own, theirs] = [runs, peer[name]].map((all) => squares(one[kind], order, all));
        return `${order === 0 ? 's1' : 'st'} ${rms(own).toExponential(2)}, ratio ${ratioOf(own, theirs)}`;
      });
      console.log(`${name} 2^${Math.log2(samples)} ${label.padEnd(14)} ${cells.join('  ')}`);
    };
    print('SALib formulas', peer[name]);
    for (const estimator of ['saltelli2010', 'jansen1999', 'janon2014']) {
      const runs = Array.from({ length: SEEDS }, (_, seed) => ours(one, samples, estimator, seed));
      print(estimator, runs);
    }
  }
}

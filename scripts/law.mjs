// Computes the tables of docs/law.md: the paper's scenario under the log-log and the request-cost law, and how much of each change
// comes from which model of the blend (Shapley values over the models, so they add up): npm run build && node scripts/law.mjs
import { fileURLToPath } from 'node:url';
import { loadScenario, shapleyValues, simulateHere, tablesOf } from '../dist/index.js';

const SAMPLES = 1_000_000;
const FILE = fileURLToPath(new URL('../scenarios/oviedo-2026.yaml', import.meta.url));
const DIGITS = 3;

const underForm = (form) => loadScenario(FILE, { samples: SAMPLES, set: [`throughput.form=${form}`] });
const [before, after] = await Promise.all(['log-log', 'request-cost'].map(underForm));

const plain = (await tablesOf(await simulateHere(before))).summary;
const medians = (summary, regime) =>
  summary.filter((row) => row.regime === regime && row.subject_kind === 'model' && row.metric === 'energy');
const members = medians(plain, before.regimes[0].name)
  .sort((a, b) => b.p50 - a.p50)
  .slice(0, before.blends[0].members.highest_median_energy)
  .map(({ subject }) => subject);
const blends = [{ name: before.blends[0].name, members: { models: members } }];

/** The scenario with the models of some of the blend's members, by bits, under the other law. */
function mixed(subset) {
  const isMoved = (name) => (subset >> members.indexOf(name)) & 1;
  const models = before.models.map((model, i) =>
    members.includes(model.name) && isMoved(model.name) ? after.models[i] : model,
  );
  return { ...before, models, blends };
}

const runs = [];
for (let subset = 0; subset < 2 ** members.length; subset++) {
  runs.push(await tablesOf(await simulateHere(mixed(subset))));
}

const blendRow = ({ summary }, regime, trim) =>
  summary.find(
    (row) => row.regime === regime && row.subject_kind === 'blend' && row.pathway === 'baseline' && row.trim === trim,
  );
const quantities = [
  ...before.regimes.flatMap(({ name }) => [
    { what: `${name}: median, trimmed, Wh`, of: (run) => blendRow(run, name, 'p14-p86').p50 },
    { what: `${name}: mean, Wh`, of: (run) => blendRow(run, name, 'none').mean },
  ]),
  ...before.fleet.mixes.map(({ name }) => ({
    what: `fleet, ${name}, GWh/day`,
    of: ({ fleet }) => fleet.find(({ mix, improvement }) => mix === name && improvement === 'none').gwh_per_day,
  })),
];

const text = (value) => `${Number(value.toPrecision(DIGITS))}`;
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const everything = (await tablesOf(await simulateHere(after))).summary;
const perModel = before.regimes.flatMap(({ name }) =>
  medians(plain, name).map(({ subject, p50 }) => {
    const other = medians(everything, name).find((row) => row.subject === subject).p50;
    return [name, subject, text(p50), text(other), text(other / p50)];
  }),
);
const changes = quantities.map(({ what, of }) => {
  const values = runs.map(of);
  const parts = shapleyValues(members.length, (subset) => values[subset]);
  return [what, text(values[0]), text(values[values.length - 1]), ...parts.map(text)];
});

process.stdout.write(`${table(['query', 'model', 'log-log, Wh', 'request-cost, Wh', 'ratio'], perModel)}\n\n`);
process.stdout.write(
  `${table(['quantity', 'log-log', 'request-cost', ...members.map((name) => `of it ${name}`)], changes)}\n`,
);

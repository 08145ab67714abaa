// Computes the table of docs/frontier.md: what leads from the paper's scenario to scenarios/frontier-2026.yaml, one change after the other,
// so that they add up: npm run build && node scripts/frontier.mjs [samples]
import { fileURLToPath } from 'node:url';
import { loadScenario, simulateHere, tablesOf } from '../dist/index.js';

const SAMPLES = Number(process.argv[2] ?? 200_000);
const DIGITS = 3;
const fileOf = (name) => fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url));
const PAPER = fileOf('oviedo-2026');
const TODAY = fileOf('frontier-2026');
/** The law comes first: the log-log law of today's rows says next to nothing of short queries, which none of them is of. */
const STEPS = [
  { what: 'paper', file: PAPER, law: 'log-log', fit: 'none', factor: '1' },
  { what: 'its law', file: PAPER, law: 'request-cost', fit: 'shared', factor: '1' },
  { what: 'its rows and models', file: TODAY, law: 'request-cost', fit: 'shared', factor: '1' },
  {
    what: 'a service, not offline',
    ...{ file: TODAY, law: 'request-cost', fit: 'shared', factor: '{ lognormal: { p5: 0.455, p95: 0.952 } }' },
  },
];

const runs = [];
for (const { file, law, fit, factor } of STEPS) {
  const set = [
    `throughput.form=${law}`,
    `throughput.fit_uncertainty=${fit}`,
    `throughput.offline_to_service=${factor}`,
    // What is shared needs worlds; the numbers here are of queries drawn at random.
    'uncertainty={ worlds: 20, samples: 1024 }',
  ];
  runs.push(await tablesOf(await simulateHere(await loadScenario(file, { samples: SAMPLES, set }))));
}

const blendRow = ({ summary }, regime) =>
  summary.find(
    (row) => row.regime === regime && row.subject_kind === 'blend' && row.pathway === 'baseline' && row.trim === 'none',
  );
const dayOf = ({ fleet }, name) => fleet.find(({ mix, improvement }) => mix === name && improvement === 'none');
const quantities = [
  ...['traditional', 'test-time-scaling'].flatMap((regime) => [
    { what: `${regime}: median, Wh`, of: (run) => blendRow(run, regime).p50 },
    { what: `${regime}: mean, Wh`, of: (run) => blendRow(run, regime).mean },
  ]),
  ...['traditional-only', 'ten-percent-long'].map((mix) => ({
    what: `fleet, ${mix}, GWh/day`,
    of: (run) => dayOf(run, mix).gwh_per_day,
  })),
];

const text = (value) => `${Number(value.toPrecision(DIGITS))}`;
const signed = (value) => `${value < 0 ? '' : '+'}${text(value)}`;
const rows = quantities.map(({ what, of }) => {
  const values = runs.map(of);
  const moves = values.slice(1).map((value, i) => signed(value - values[i]));
  return [what, text(values[0]), ...moves, text(values[values.length - 1])];
});
const head = ['quantity', ...STEPS.map(({ what }) => what), 'today'];
console.log([head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'));

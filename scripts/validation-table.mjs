// Prints the table of docs/validation.md, which the README repeats, from what validate says of the shipped measurements:
// npm run build && node dist/cli.cjs validate --json | node scripts/validation-table.mjs
import { text } from 'node:stream/consumers';

const { summaries } = JSON.parse(await text(process.stdin));

const NAMES = { 'request-cost': 'serving law', oviedo: "paper's law, its own models", regression: 'regression' };
const SHOWN = ['all', 'concurrency'];

const number = (value, digits = 2) =>
  value
    .toFixed(digits)
    .replace(/^-(?=0\.0*$)/, '')
    .replace('-', '−');

/** A score at the shorter input length, and in brackets at the longer one where that differs. */
function both({ shorter, longer }, score) {
  const [first, second] = [shorter[score], longer[score]].map((value) => (value === null ? '' : number(value)));
  return first === second || first === '' ? first : `${first} (${second})`;
}

const rows = summaries
  .filter(({ by, assumption }) => assumption === 0 && SHOWN.includes(by))
  .map((shorter) => ({
    shorter,
    longer: summaries.find(
      (one) => one.assumption === 1 && ['formula', 'by', 'group'].every((key) => one[key] === shorter[key]),
    ),
  }))
  .map((pair) => {
    const { formula, by, group, n } = pair.shorter;
    const scores = ['bias', 'sd', 'median_abs', 'coverage50', 'coverage90'].map((score) => both(pair, score));
    const name = by === 'all' ? `${NAMES[formula] ?? formula}, all` : `— ${group} in flight`;
    return [name, n, ...scores, by === 'all' ? both(pair, 'slope') : ''];
  });

const head = ['formula', 'rows', 'bias', 'sd', 'median error', 'in 50 %', 'in 90 %', 'slope'];
const line = (cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
process.stdout.write(`${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`);

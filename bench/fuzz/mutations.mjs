// What the fuzzers do to text: changes that people make by hand (a value of another kind, a key misspelt, a line gone
// or twice) and changes that only a broken disk makes. All from one seed.

/** Values that a scenario or a table may hold and should not, or only now and then. */
const VALUES = [
  ...[
    '',
    '~',
    'null',
    'true',
    '[]',
    '{}',
    '[[[]]]',
    '0',
    '-0',
    '-1',
    '1',
    '1e308',
    '-1e308',
    '1e-320',
    '5e-324',
    '.inf',
    '-.inf',
    '.nan',
  ],
  ...[
    '9007199254740993',
    '18446744073709551616',
    '0x1F',
    '0o17',
    '010',
    '1_000',
    '1,024',
    '1,2',
    '0,5',
    '60 %',
    '6k',
    '10.2 kW',
    '１２',
  ],
  ...[
    'NaN',
    'Infinity',
    '"1.2"',
    "'x'",
    '!!str 1',
    '!foo x',
    '*a',
    '&a 1',
    '<<',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ],
  ...[
    'CON',
    'nul.txt',
    'a.',
    '../x',
    '/etc/passwd',
    'https://example.org/a.csv',
    '=1+1',
    '@x',
    '-x',
    '"\\e[2J"',
    '"\\u202e"',
    '\u00a0',
    '\ufeff',
  ],
  ...[
    '模型',
    'é',
    '🙂',
    'x'.repeat(300),
    '{ uniform: { min: 0, max: 1 } }',
    '{ lognormal: { p5: 1, p95: 2 } }',
    '{ normal: { mean: 0, sd: 1 } }',
  ],
  ...[
    '{ constant: 0 }',
    '{ empirical: { values: [0, 1, 2] } }',
    '{ exponential: { median: 1 } }',
    '{ weibull: { shape: 0.01, scale: 1 } }',
  ],
  ...[
    '{ gamma: { shape: 1e-9, scale: 1e9 } }',
    '{ beta: { alpha: 1e-3, beta: 1e3 }, min: 0.5 }',
    '{ loguniform: { min: 1e-300, max: 1e300 } }',
  ],
  ...[
    '{ mixture: [{ weight: 1, distribution: 1 }] }',
    '{ lognormal: { mu: 2000, sigma: 1 } }',
    '{ normal: { mean: 1, sd: 1e-300 }, min: 2, max: 3 }',
  ],
  ...[
    '{ linear: { from: 1, to: 2, points: 1000000 } }',
    '{ log: { from: 0, to: 1, points: 3 } }',
    '[1,05]',
    '{ p5: 0,4, p95: 0,9 }',
  ],
];

/** Mostly one change: what is changed more is refused for the first. */
const MOST_CHANGES = 4;

/** The text changed one to four times. */
export function mutated(text, random, others) {
  let changed = text;
  const changes = 1 + Math.floor(random() ** 3 * MOST_CHANGES);
  for (let i = 0; i < changes; i++) changed = pick(CHANGES, random)(changed, random, others);
  return changed;
}

export function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

const CHANGES = [
  valueReplaced,
  valueReplaced,
  valueReplaced,
  tokenReplaced,
  tokenReplaced,
  letterChanged,
  lineRepeated,
  lineRemoved,
  linesSwapped,
  lineFromAnother,
  indented,
  cut,
  inserted,
];

/** What stands behind a colon or a comma. */
function valueReplaced(text, random) {
  const places = [...text.matchAll(/(?<=[:,\t]\s*)[^\s:,{}[\]#][^,:\n{}[\]]*/g)];
  if (places.length === 0) return text;
  const { index, 0: found } = pick(places, random);
  return text.slice(0, index) + pick(VALUES, random) + text.slice(index + found.length);
}

/** A word or a number, anywhere, by another of the text or by a strange one. */
function tokenReplaced(text, random) {
  const places = [...text.matchAll(/[\p{L}\p{N}_.-]+/gu)];
  if (places.length === 0) return text;
  const { index, 0: found } = pick(places, random);
  const put = random() < 0.5 ? pick(places, random)[0] : pick(VALUES, random);
  return text.slice(0, index) + put + text.slice(index + found.length);
}

function letterChanged(text, random) {
  const at = Math.floor(random() * text.length);
  const letter = String.fromCodePoint(random() < 0.8 ? 32 + Math.floor(random() * 95) : Math.floor(random() * 0xd7ff));
  return text.slice(0, at) + letter + text.slice(at + Math.floor(random() * 2));
}

function lineRepeated(text, random) {
  return withLines(text, (lines) => lines.splice(at(lines, random), 0, pick(lines, random)));
}

function lineRemoved(text, random) {
  return withLines(text, (lines) => lines.splice(at(lines, random), 1));
}

function linesSwapped(text, random) {
  return withLines(text, (lines) => {
    const [a, b] = [at(lines, random), at(lines, random)];
    [lines[a], lines[b]] = [lines[b], lines[a]];
  });
}

function lineFromAnother(text, random, others) {
  const lines = pick(others, random).split('\n');
  const first = at(lines, random);
  return withLines(text, (own) =>
    own.splice(at(own, random), 0, ...lines.slice(first, first + 1 + Math.floor(random() * 3))),
  );
}

function indented(text, random) {
  return withLines(text, (lines) => {
    const i = at(lines, random);
    lines[i] = pick(['  ', '    ', '\t', '- ', ''], random) + (random() < 0.5 ? lines[i].trimStart() : lines[i]);
  });
}

function cut(text, random) {
  const from = Math.floor(random() * text.length);
  return text.slice(0, from) + text.slice(from + Math.floor(random() * 60));
}

function inserted(text, random) {
  const place = Math.floor(random() * text.length);
  return text.slice(0, place) + pick(VALUES, random) + text.slice(place);
}

function withLines(text, change) {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

function at(lines, random) {
  return Math.floor(random() * lines.length);
}

// What the pins say of tables that are not as they were: a pin that cannot fail would pin nothing. What it cannot see: what the
// tables of tokenjoule hold, which is for the pins themselves.
import { describe, expect, it } from 'vitest';
import { differences, differencesText } from './differences.js';
import { pinned } from './expectation.js';
import type { Extras } from './extras.js';
import { fromRows, type Value } from './found-table.js';

const COLUMNS = ['scenario', 'mix', 'improvement', 'gwh_per_day'];

const fleet = (rows: readonly (readonly [mix: string, gwh: Value])[], columns = COLUMNS, rest: object = {}) => [
  fromRows(
    'fleet',
    columns,
    rows.map(([mix, gwh]) => ({ scenario: 's', mix, improvement: 'none', gwh_per_day: gwh, ...rest })),
  ),
];

const BEFORE = fleet([
  ['a', 0.8],
  ['b', 2],
  ['c', null],
]);

const textOf = (now: ReturnType<typeof fleet>, extras: Extras = { columns: {}, rows: [] }, before = BEFORE) =>
  differencesText(differences(before, now, extras));

describe('the differences of a table', () => {
  it('are none where every value is the same', () => {
    expect(
      textOf(
        fleet([
          ['a', 0.8],
          ['b', 2],
          ['c', null],
        ]),
      ),
    ).toBe('');
  });

  it('name the column, the first row that moved, both values and the largest relative change', () => {
    expect(
      textOf(
        fleet([
          ['a', 0.8],
          ['b', 2.0000000000000004],
          ['c', null],
        ]),
      ),
    ).toBe(
      'fleet.gwh_per_day: 1 of 3 rows moved, the first at scenario=s, mix=b, improvement=none: ' +
        'expected 2, found 2.0000000000000004; largest relative change 2.22e-16',
    );
    expect(
      textOf(
        fleet([
          ['a', 1],
          ['b', 3],
          ['c', null],
        ]),
      ),
    ).toMatch(/2 of 3 rows .* mix=a, .* change 0\.500$/);
  });

  it.each([
    [0, -0],
    [null, Number.NaN],
    [1, null],
    [Number.NaN, 0],
  ])('tell %s from %s', (was, is) => {
    expect(textOf(fleet([['a', is]]), undefined, fleet([['a', was]]))).toContain('change Infinity');
  });

  it('name rows that are gone, new or in another order', () => {
    expect(
      textOf(
        fleet([
          ['a', 0.8],
          ['c', null],
        ]),
      ),
    ).toContain('fleet.rows: 1 of 3 are gone, the first scenario=s, mix=b');
    expect(
      textOf(
        fleet([
          ['a', 0.8],
          ['b', 2],
          ['c', null],
          ['d', 1],
        ]),
      ),
    ).toContain('fleet.rows: 1 are new');
    expect(
      textOf(
        fleet([
          ['b', 2],
          ['a', 0.8],
          ['c', null],
        ]),
      ),
    ).toContain('fleet.rows: the order differs, first at');
  });

  it('name tables and columns that are gone, new or in another order', () => {
    const [, ...fewer] = COLUMNS;
    for (const columns of [fewer, [...COLUMNS, 'formula'], [...COLUMNS].reverse()])
      expect(
        textOf(
          fleet(
            [
              ['a', 0.8],
              ['b', 2],
              ['c', null],
            ],
            columns,
          ),
        ),
      ).toContain('fleet.columns: expected scenario, mix');
    expect(textOf([])).toBe('fleet.rows: the table is gone');
    expect(textOf(BEFORE, undefined, [])).toContain('fleet.rows: the table is new');
  });

  it('leave out columns and kinds of rows that are listed, and nothing else', () => {
    const columns = { fleet: ['formula'] };
    const epoch = { columns, rows: [{ table: 'fleet', where: { formula: 'epoch' } }] };
    const [oviedo] = fleet(
      [
        ['a', 0.8],
        ['b', 2],
        ['c', null],
      ],
      [...COLUMNS, 'formula'],
      { formula: 'oviedo' },
    );
    expect(textOf([oviedo], epoch)).toBe('');
    const [all] = fleet([['a', 9]], [...COLUMNS, 'formula'], { formula: 'epoch' });
    expect(textOf([all], epoch)).toContain('fleet.rows: 3 of 3 are gone');
    const other = { ...epoch, rows: [{ table: 'summary', where: { formula: 'epoch' } }] };
    expect(textOf([all], other)).toContain('expected 0.8, found 9');
  });
});

describe('a table of which only some rows are kept', () => {
  const draws = (moved = -1) =>
    fromRows(
      'samples',
      ['regime', 'model', 'sample_id', 'pue'],
      Array.from({ length: 3000 }, (_, i) => ({ regime: 'r', model: 'm', sample_id: i, pue: i === moved ? 2 : 1 })),
    );
  const found = (moved: number) => differences([pinned(draws())], [draws(moved)], { columns: {}, rows: [] });

  it('tells a draw that moved by the hash of its column, and names it where it is kept', () => {
    expect(found(-1)).toEqual([]);
    expect(found(5).map(({ column }) => column)).toEqual(['pue']);
    expect(differencesText(found(1021))).toMatch(/pue: the hash of all 3000 rows .*\n.*pue: 1 of 3 rows moved/);
  });
});

// What the page is set to, without a browser: links, what the sides are called, what a change keeps, and the data that the page carries.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openForPage, pageTextOf } from '../../src/commands/open-for-page.js';
import { changedState, fitting } from '../../src/explorer/changes.js';
import { type PageState, secondSide } from '../../src/explorer/choice.js';
import { type Explored, explored } from '../../src/explorer/explored.js';
import { changedSince, fromFragment, toFragment } from '../../src/explorer/link.js';
import { pageDataOf, pageDataText } from '../../src/explorer/page-data.js';
import { inOrder } from '../../src/explorer/row-order.js';
import { answerTitle, stripSentence } from '../../src/explorer/sentences.js';
import { fileNameOf, sideNames } from '../../src/explorer/side-names.js';

const BEGINNING: PageState = {
  samples: 1000,
  a: { scenario: 'oviedo-2026', regime: 'traditional', subject: 'frontier', values: {} },
  b: { values: { pue: 1.1 } },
};

let all: Map<string, Explored>;
beforeAll(async () => {
  const files = ['oviedo-2026', 'azure-week', 'queries/chat'].map((name) => `scenarios/${name}.yaml`);
  const pages = await Promise.all(files.map(async (file) => explored(await openForPage(file))));
  all = new Map(pages.map((one) => [one.opened.name, one]));
});

const named = (state: PageState) => {
  const side = (choice: PageState['a']) => ({ choice, explored: all.get(choice.scenario)! });
  return sideNames(side(state.a), side(secondSide(state)));
};

describe('a link', () => {
  const name = fc.string({ minLength: 1, maxLength: 20 });
  const values = fc.dictionary(
    fc.constantFrom('pue', 'output_tokens', 'impact.grid.gco2e_per_kwh', 'fleet.queries_per_day'),
    fc.double({ min: 0, max: 1e9, noNaN: true }).map((x) => x + 0),
  );
  const states = fc.record({
    samples: fc.integer({ min: 0, max: 10_000_000 }),
    a: fc.record({ scenario: name, regime: name, subject: name, values }),
    b: fc.record({ scenario: name, subject: name, values }, { requiredKeys: ['values'] }),
  });

  it('gives back what was put into it, whatever names hold', () => {
    fc.assert(
      fc.property(states, (state) => {
        const back = fromFragment(`#${toFragment(state, () => 'abc')}`, BEGINNING);
        expect(back).toEqual(state);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('may hold nonsense, which changes nothing', () => {
    expect(fromFragment('#samples=-3&%%%', BEGINNING)).toEqual(BEGINNING);
    const state = fitting(fromFragment('#a.pue=x&a.tps=3&a.power_utilization=7', BEGINNING), all);
    expect(state.a.values).toEqual({ power_utilization: 1 });
  });

  it('says which scenario has changed since, by its hash', () => {
    const link = toFragment(BEGINNING, () => '0123456789');
    expect(changedSince(link, () => '01234567ff')).toEqual([]);
    expect(changedSince(link, () => 'ffff')).toEqual(['oviedo-2026']);
    expect(changedSince(link, () => undefined)).toEqual([]);
  });
});

describe('the sides', () => {
  it('are called by what they differ in, two things at most', () => {
    expect(named(BEGINNING)).toEqual(['PUE 1.30', 'PUE 1.10']);
    const many = { pue: 1.1, power_utilization: 0.5, output_tokens: 900, node_power_kw: 12 };
    expect(named({ ...BEGINNING, b: { values: many } })).toEqual([
      'PUE 1.30, Power utilisation 0.600 and 2 more',
      'PUE 1.10, Power utilisation 0.500 and 2 more',
    ]);
    expect(named({ ...BEGINNING, b: { subject: 'Llama 3.1 70B', values: {} } })).toEqual(['frontier', 'Llama 3.1 70B']);
    expect(named({ ...BEGINNING, b: { values: {} } })).toEqual(['as set', 'as set']);
  });

  it('of two scenarios are called by these, and by what was moved in one', () => {
    const b = { scenario: 'azure-week', values: { pue: 1.5 } };
    expect(named({ ...BEGINNING, b })).toEqual(['oviedo-2026, PUE 1.30', 'azure-week, PUE 1.50']);
  });

  it('have names that make file names', () => {
    expect(fileNameOf('Node power 10.2 kW, and 2 more')).toBe('node-power-10.2-kw-and-2-more');
  });
});

describe('a change', () => {
  it('of the first side is one of the second, but where that differs', () => {
    const change = { kind: 'value', key: 'pue', value: 1.5 } as const;
    const state = changedState(BEGINNING, 'a', change, all);
    expect(secondSide(state).values.pue).toBe(1.1);
    const other = changedState(state, 'a', { kind: 'value', key: 'node_power_kw', value: 12 }, all);
    expect(secondSide(other).values).toEqual({ pue: 1.1, node_power_kw: 12 });
    expect(changedState(other, 'b', { kind: 'reset' }, all).b).toEqual({ values: {} });
  });

  it('of the kind of query keeps what both state alike', () => {
    const a = { ...BEGINNING.a, values: { pue: 1.4, output_tokens: 900 } };
    const state = changedState(
      { ...BEGINNING, a },
      'a',
      { kind: 'name', name: 'regime', value: 'test-time-scaling' },
      all,
    );
    expect(state.a.values).toEqual({ pue: 1.4 });
  });

  it('of the scenario begins with its own values and names', () => {
    const state = changedState(BEGINNING, 'a', { kind: 'name', name: 'scenario', value: 'chat' }, all);
    expect(state.a).toMatchObject({ scenario: 'chat', regime: 'chat', values: {} });
  });
});

describe('controls', () => {
  it('are made from what a scenario states, request-cost’s own inputs too', () => {
    const keys = (name: string) => all.get(name)!.settings.map(({ key }) => key);
    expect(keys('oviedo-2026')).toEqual(expect.arrayContaining(['pue', 'fleet.queries_per_day', 'fleet.beta']));
    expect(keys('oviedo-2026')).not.toContain('cached_input_tokens');
    expect(keys('azure-week')).toEqual(expect.arrayContaining(['load.peak_load', 'load.growth']));
    // A session says itself what is cached, and no weight counts a prompt that has a cost of its own.
    expect(keys('chat')).not.toContain('cached_input_tokens');
    expect(keys('chat')).not.toContain('prefill_weight');
  });

  it('each have a sentence of help, bounds, and their own value within them', () => {
    for (const { settings, regimes } of all.values()) {
      for (const { key, help, bounds, own } of settings) {
        expect(help.length, key).toBeGreaterThan(20);
        const value = own(regimes[0]);
        if (value === undefined) continue;
        expect(value, key).toBeGreaterThanOrEqual(bounds[0]);
        expect(value, key).toBeLessThanOrEqual(bounds[1]);
      }
    }
  });
});

describe('sentences', () => {
  const distribution = (p50: number) => ({
    quantiles: { p05: p50 / 3, p25: p50 / 2, p50, p75: p50 * 2, p95: p50 * 3 },
    mean: p50,
    bins: [],
  });
  const outcome = (p50: number) => ({ energy: distribution(p50), trim: 'none' as const, members: [], samples: 0 });
  const names = ['PUE 1.30', 'PUE 1.10'] as const;

  it('say what the ratio says', () => {
    expect(answerTitle(names, outcome(0.3), distribution(0.85))).toBe(
      'With PUE 1.10, a query takes 15 % less than with PUE 1.30',
    );
    expect(answerTitle(names, outcome(0.3), distribution(1.99999))).toContain('2.00 times as much as');
    expect(answerTitle(names, outcome(0.3), distribution(1))).toContain('as much as with');
    expect(answerTitle(['as set', 'as set'], outcome(0.3), undefined)).toBe(
      'Half of the queries take 0.300 Wh or more',
    );
  });

  it('fit on a strip', () => {
    expect(stripSentence(names, [outcome(0.31), outcome(0.263)], distribution(0.85))).toBe(
      'PUE 1.30: 0.310 Wh · PUE 1.10: 0.263 Wh · ×0.850 (0.42–1.7)',
    );
  });
});

describe('the data of a page', () => {
  it('is read back as it was, buffers and infinities too, and ends no element', async () => {
    const opened = await openForPage('scenarios/queries/azure-conversation.yaml');
    const text = pageTextOf([opened, opened], true);
    expect(text).not.toContain('<');
    const { scenarios } = pageDataOf(text) as { scenarios: { name: string; scenario: unknown }[] };
    expect(scenarios.map(({ name }) => name)).toEqual(['azure-conversation', 'azure-conversation (2)']);
    const plain = (value: unknown) => pageDataText(value);
    expect(plain(scenarios[0].scenario)).toBe(plain(opened.scenario));
    expect(pageDataOf(pageDataText({ a: Infinity, b: [-Infinity, Number.NaN], c: '</script>' }))).toEqual({
      a: Infinity,
      b: [-Infinity, Number.NaN],
      c: '</script>',
    });
  });
});

describe('rows of a table', () => {
  const row = (name: string, value: number) => [
    { text: name, value: name },
    { text: `${value}`, value },
  ];

  it('are sorted by number or by name, what is no number last', () => {
    const rows = [row('b', 2), row('c', Number.NaN), row('a', 10)];
    const names = (order: Parameters<typeof inOrder>[1]) => inOrder(rows, order).map(([{ text }]) => text);
    expect(names({ column: 1, direction: 'descending' })).toEqual(['a', 'b', 'c']);
    expect(names({ column: 1, direction: 'ascending' })).toEqual(['b', 'a', 'c']);
    expect(names({ column: 0, direction: 'ascending' })).toEqual(['a', 'b', 'c']);
  });
});

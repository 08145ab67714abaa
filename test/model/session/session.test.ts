// Sessions: sums over their requests against closed forms and laws, where all draws are given. What it cannot see: the draws
// themselves (test/simulate/sessions.test.ts), and whether real servers keep what a rule says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_TURNS,
  type SessionRules,
  type SessionSums,
  type SessionVariable,
  simulateSession,
} from '../../../src/model/session/session.js';

type Given = Readonly<Partial<Record<SessionVariable, number | readonly number[]>>>;

function sumsOf(rules: Partial<SessionRules>, given: Given): SessionSums {
  const sums = { fresh_tokens: 0, output_tokens: 0, context_reads: 0, requests: 0, longest_context: 0, cut: 0 };
  const draw = (variable: SessionVariable, turn: number) => {
    const one = given[variable] ?? (variable === 'session.retries' ? 1 : 0);
    return typeof one === 'number' ? one : one[turn];
  };
  simulateSession({ hit: 0, retries: 0, ...rules }, draw, sums);
  return sums;
}

const TWO: Given = {
  'session.turns': 2,
  'session.system_tokens': 1000,
  'session.tool_tokens': 300,
  input_tokens: [50, 70],
  output_tokens: [200, 400],
};

describe('a session of two turns', () => {
  it('without a cache reads all of its context twice', () => {
    // First: 1,050 new, answer 200. Second: 1,250 of context, 370 new, answer 400.
    expect(sumsOf({}, TWO)).toEqual({
      fresh_tokens: 1050 + 1250 + 370,
      output_tokens: 600,
      context_reads: 200 * (1050 + 100) + 400 * (1620 + 200),
      requests: 2,
      longest_context: 1620,
      cut: 0,
    });
  });

  it('with a cache reads anew what it does not hold, and decodes over the same context', () => {
    const cached = sumsOf({ hit: 0.9 }, TWO);
    expect(cached.fresh_tokens).toBeCloseTo(1050 + 0.1 * 1250 + 370, 9);
    expect(cached.context_reads).toBe(sumsOf({}, TWO).context_reads);
  });

  it.each([
    [299, 1050 + 370],
    [301, 1050 + 1250 + 370],
  ])('after a wait of %i s and a cache of 300 s reads %i tokens anew', (wait, fresh) => {
    expect(sumsOf({ hit: 1, ttl_s: 300 }, { ...TWO, 'session.gap_s': wait }).fresh_tokens).toBe(fresh);
  });

  it('repeats the second request where it is retried: decoded twice, read anew once', () => {
    const retried = sumsOf({ hit: 1, retries: 0.5 }, { ...TWO, 'session.retries': [0.9, 0.1] });
    expect(retried).toMatchObject({ requests: 3, output_tokens: 1000, fresh_tokens: 1420 });
    expect(retried.context_reads).toBe(200 * 1150 + 2 * 400 * 1820);
  });

  it('is compacted beyond its limit, and then nothing of it is cached', () => {
    const compacted = sumsOf({ hit: 1, context_limit: 1500, compact_to: 100 }, TWO);
    expect(compacted).toMatchObject({ fresh_tokens: 1050 + 100 + 370, longest_context: 1050 });
    expect(compacted.context_reads).toBe(200 * 1150 + 400 * (470 + 200));
  });
});

describe('the length of a session', () => {
  it('by a hazard is that of chances met in a row', () => {
    const chances = { hazard: [0.5, 0.8] };
    const turns = (...drawn: number[]) => sumsOf(chances, { 'session.turns': [0, ...drawn] }).requests;
    expect([turns(0.6), turns(0.4, 0.9), turns(0.4, 0.7, 0.7, 0.8)]).toEqual([1, 2, 4]);
  });

  it('is cut at 4,096 turns, and the cut is counted', () => {
    expect(sumsOf({}, { 'session.turns': 4096 })).toMatchObject({ requests: MOST_TURNS, cut: 0 });
    expect(sumsOf({}, { 'session.turns': 9999 })).toMatchObject({ requests: MOST_TURNS, cut: 1 });
    expect(sumsOf({ hazard: [0.9] }, { 'session.turns': 0 })).toMatchObject({ requests: MOST_TURNS, cut: 1 });
  });
});

describe('laws of sessions, whatever they draw', () => {
  const tokens = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 30, maxLength: 30 });
  const given = fc.record({
    'session.turns': fc.integer({ min: 1, max: 29 }),
    input_tokens: tokens,
    output_tokens: tokens,
    'session.tool_tokens': tokens,
    'session.gap_s': fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 30, maxLength: 30 }),
  });
  const costs = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  const seconds = ({ fresh_tokens, output_tokens, context_reads }: SessionSums, [a, c]: readonly number[]) =>
    a * fresh_tokens + output_tokens + c * context_reads;

  it('a warmer or longer-lived cache never costs more', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(given, costs, share, share, (draws, of, one, other) => {
        const [cold, warm] = [one, other].sort((x, y) => x - y);
        const at = (hit: number, ttl_s: number) => seconds(sumsOf({ hit, ttl_s }, draws), of);
        expect(at(warm, 300)).toBeLessThanOrEqual(at(cold, 300) * (1 + 1e-12));
        expect(at(warm, 500)).toBeLessThanOrEqual(at(warm, 300) * (1 + 1e-12));
      }),
      { numRuns: 200, seed: 18 },
    );
  });

  it('one more turn never costs less', () => {
    fc.assert(
      fc.property(given, costs, (draws, of) => {
        const rules = { hit: 0.9, ttl_s: 300, context_limit: 20_000, compact_to: 5000 };
        const longer = { ...draws, 'session.turns': draws['session.turns'] + 1 };
        expect(seconds(sumsOf(rules, longer), of)).toBeGreaterThanOrEqual(seconds(sumsOf(rules, draws), of));
      }),
      { numRuns: 200, seed: 19 },
    );
  });
});

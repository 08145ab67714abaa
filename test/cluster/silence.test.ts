// When a run takes the cluster for silent, as a pure function of time. That a run asks and tells is in cluster.test.ts.
import { expect, test } from 'vitest';
import { Silence } from '../../src/cluster/silence.js';

test('a silence is noticed once it has lasted long enough, and once only', () => {
  const silence = new Silence(30, 1000);
  expect([1000, 1029, 1030, 1031, 2000].map((now) => silence.noticed(now))).toEqual([false, false, true, false, false]);
});

test('a result begins the next silence', () => {
  const silence = new Silence(30, 0);
  silence.broken(20);
  expect([30, 49, 50].map((now) => silence.noticed(now))).toEqual([false, false, true]);
  silence.broken(60);
  expect([89, 90, 91].map((now) => silence.noticed(now))).toEqual([false, true, false]);
});

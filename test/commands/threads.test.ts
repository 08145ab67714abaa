// How many threads a command takes. Cannot see whether they are worth their start on this machine: bench/run.mjs shows it.
import { expect, test } from 'vitest';
import { threadsFor } from '../../src/commands/threads.js';
import { drawSeconds } from '../../src/engine/draw-seconds.js';
import { loadScenario } from '../../src/scenario/load.js';

const paper = await loadScenario('scenarios/oviedo-2026.yaml');

test('no thread is started for work that the calling one finishes sooner', () => {
  expect(threadsFor(undefined, () => 100, drawSeconds({ ...paper, samples: 1_000_000 }, 'auto'))).toBe(0);
  expect(threadsFor(undefined, () => 100, 0.69)).toBe(0);
});

test('long work takes a thread for each core, short work as many as have enough to do, neither more than tasks', () => {
  expect(threadsFor(undefined, () => 1000, drawSeconds({ ...paper, samples: 1e9 }, 'auto'), 64)).toBe(64);
  expect(threadsFor(undefined, () => 1000, 0.71, 64)).toBe(2);
  expect(threadsFor(undefined, () => 1000, 1000, 1)).toBe(0);
  expect(threadsFor(undefined, () => 1, 1000, 64)).toBe(1);
});

test('threads that were asked for are started, but no more than tasks', () => {
  expect(threadsFor(3, () => 100, 0.001)).toBe(3);
  expect(threadsFor(3, () => 2, 1000)).toBe(2);
  expect(threadsFor(0, () => 100, 1000)).toBe(0);
});

test('work grows with samples, models and pathways, and is more for the reference', () => {
  const seconds = drawSeconds(paper, 'auto');
  expect(drawSeconds({ ...paper, samples: 2 * paper.samples }, 'auto')).toBeCloseTo(2 * seconds);
  expect(drawSeconds({ ...paper, models: paper.models.slice(1) }, 'auto')).toBeLessThan(seconds);
  expect(drawSeconds({ ...paper, pathways: [] }, 'auto')).toBeLessThan(seconds);
  expect(drawSeconds(paper, 'reference')).toBeGreaterThan(5 * seconds);
});

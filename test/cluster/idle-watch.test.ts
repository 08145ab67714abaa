// When a worker takes its queue for silent, as a pure function of what its looks find. That it looks, and what it then does, is
// tested over a real server in silent-queue.test.ts.
import { expect, test } from 'vitest';
import { IDLE_S, IdleWatch, LOOK_MS } from '../../src/cluster/idle-watch.js';

const LOOKS = (IDLE_S * 1000) / LOOK_MS;
const idle = { waiting: 3, under_way: 0, begun: 7 };

/** What each look comes to. */
function found(looks: readonly (typeof idle)[]): boolean[] {
  const watch = new IdleWatch();
  // One look to learn how many were begun before.
  watch.takesNothing({ ...idle, waiting: 0 });
  return looks.map((look) => watch.takesNothing(look));
}

test('jobs that wait at ten looks in a row, none being taken, call for a new queue, and the count begins again', () => {
  const firstTen = [...Array(LOOKS - 1).fill(false), true];
  expect(found(Array(2 * LOOKS).fill(idle))).toEqual([...firstTen, ...firstTen]);
});

test.each([
  ['an empty queue', { ...idle, waiting: 0 }],
  ['a job under way', { ...idle, under_way: 1 }],
  ['a job begun since the last look, though it has ended', { ...idle, begun: 8 }],
])('%s breaks the row', (_, busy) => {
  const looks = [...Array(LOOKS - 1).fill(idle), busy, ...Array(LOOKS - 1).fill({ ...idle, begun: busy.begun })];
  expect(found(looks)).toEqual(Array(looks.length).fill(false));
});

import seedrandom from 'seedrandom';

/** Two 32-bit key words: what tells one variable's random stream from every other. */
export type StreamKey = readonly [number, number];

/**
 * The key of one variable's stream, from the seed text and the variable's name and from nothing else: a new variable moves
 * no other variable's draws, and two scenarios with one seed share them.
 */
export function streamKey(seed: string, variable: string): StreamKey {
  const words = seedrandom(JSON.stringify([seed, variable]));
  return [words.int32(), words.int32()];
}

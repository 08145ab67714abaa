import seedrandom from 'seedrandom';

/** Two 32-bit key words: what tells one variable's random stream from every other. */
export type StreamKey = readonly [number, number];

/**
 * The key of one variable's stream, from the seed text and the variable's name and from nothing else: a new variable moves
 * no other variable's draws, and two scenarios with one seed share them.
 */
export function streamKey(seed: string, variable: string): StreamKey {
  const words = seedrandom(inAscii(JSON.stringify([seed, variable])));
  return [words.int32(), words.int32()];
}

/** The key of the stream that tells worlds of a variable apart, which no other variable's stream is. */
export function worldKey(seed: string, variable: string): StreamKey {
  const words = seedrandom(inAscii(JSON.stringify([seed, variable, 'worlds'])));
  return [words.int32(), words.int32()];
}

/** seedrandom takes the low byte of each character, so that two letters of one low byte would make one stream. */
function inAscii(text: string): string {
  return text.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

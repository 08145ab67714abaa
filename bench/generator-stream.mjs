// Writes the random numbers that draws are made of to stdout, without end, for a battery of statistical tests:
//   node bench/generator-stream.mjs | dieharder -a -g 200
// The word of each draw, block after block, the streams of seven variables in turn: as a run uses them.

import { streamKey } from '../dist/random/streams.js';
import { BLOCK_SIZE, fillWords } from '../dist/random/uniforms.js';

const VARIABLES = [
  'output_tokens',
  'input_tokens',
  'pue',
  'power_utilization',
  'pathways.model',
  'pathways.serving',
  'node_power_kw',
];
const keys = VARIABLES.map((variable) => streamKey('oviedo', variable));
const BLOCKS = 64;

process.stdout.on('error', () => process.exit(0));
for (let block = 0; ; block += BLOCKS) {
  const words = new Uint32Array(BLOCKS * keys.length * BLOCK_SIZE);
  let at = 0;
  for (let b = block; b < block + BLOCKS; b++) {
    for (const key of keys) {
      fillWords(key, b, words.subarray(at, at + BLOCK_SIZE));
      at += BLOCK_SIZE;
    }
  }
  if (!process.stdout.write(words)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

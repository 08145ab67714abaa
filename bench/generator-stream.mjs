// Writes the random numbers that draws are made of to stdout, without end, for a battery of statistical tests:
//   node bench/generator-stream.mjs | dieharder -a -g 200
// The upper 32 bits of each uniform number, block after block, the streams of seven variables in turn: as a run uses them.
import { BLOCK_SIZE, fillUniforms } from '../dist/kernel/uniforms.js';
import { streamKey } from '../dist/streams.js';

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
const uniforms = new Float64Array(BLOCK_SIZE);
const BLOCKS = 64;

process.stdout.on('error', () => process.exit(0));
for (let block = 0; ; block += BLOCKS) {
  const words = new Uint32Array(BLOCKS * keys.length * BLOCK_SIZE);
  let at = 0;
  for (let b = block; b < block + BLOCKS; b++) {
    for (const key of keys) {
      fillUniforms(key, b, uniforms);
      for (const u of uniforms) words[at++] = Math.floor(u * 2 ** 32);
    }
  }
  if (!process.stdout.write(words)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

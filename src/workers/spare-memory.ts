import type { HistogramData } from '../sketch/histogram.js';
import type { SketchesData } from '../sketch/sketches.js';

type Counts = HistogramData['counts'];

/** Memory is made this much larger than the counts in it, so that those of the next range or figure fit. */
const SLACK_BYTES = 2 ** 16;

/**
 * Copies counts, into memory that served before where that is large enough: fresh memory costs a page fault every 4 kB, see
 * src/explorer/kept-memory.ts.
 *
 * @param spare buffers to use, taken out of the list
 */
export function copierInto(spare: ArrayBuffer[]): (counts: Counts) => Counts {
  return (counts) => {
    if (counts.length === 0) return counts.slice();
    const fits = spare.findIndex(({ byteLength }) => byteLength >= counts.byteLength);
    // One that is too small makes room for one that is not.
    const [spared] = spare.splice(Math.max(0, fits), 1);
    const buffer = fits < 0 ? new ArrayBuffer(counts.byteLength + SLACK_BYTES) : spared;
    const copy = viewAlike(counts, buffer);
    copy.set(counts);
    return copy;
  };
}

/** As many numbers of the same type, from the start of a buffer on. */
function viewAlike(counts: Counts, buffer: ArrayBuffer): Counts {
  if (counts instanceof Uint8Array) return new Uint8Array(buffer, 0, counts.length);
  const type = counts instanceof Uint32Array ? Uint32Array : Float64Array;
  return new type(buffer, 0, counts.length);
}

/** The memory of all counts; of empty ones there is none. */
export function memoryOf({ parts }: SketchesData): ArrayBuffer[] {
  return parts.map(({ data }) => data.counts.buffer as ArrayBuffer).filter(({ byteLength }) => byteLength > 0);
}

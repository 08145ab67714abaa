import { ByteReader, BytesError } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { binOf, type HistogramData } from './histogram.js';
import type { Counts, SketchesData } from './sketches.js';

/** Bins that sketches may span in all, 8 bytes each once read: 33 million, some ten times the paper's scenarios. */
export const MAX_BINS = 2 ** 25;

/** No ln of a positive double is beyond 746; sums of a few stay far below this. */
const MAX_ABS_LN = 1e6;

/**
 * Sketches as bytes: each histogram's zeros, non-finite draws, lowest and highest ln, then the counts of the bins from one to
 * the other, a zero standing for as many empty bins as the next number says. Equal counts give equal bytes, however they were
 * merged.
 */
export function encodeSketches(sketches: Counts): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const histogram of sketches.histograms) writeHistogram(writer, histogram);
  return writer.take();
}

/**
 * What `encodeSketches` wrote of so many histograms. Memory is asked for only within `maxBins`.
 *
 * @throws BytesError for anything that it does not write
 */
export function decodeSketches(bytes: Uint8Array, histograms: number, maxBins = MAX_BINS): SketchesData {
  const reader = new ByteReader(bytes);
  let binsLeft = maxBins;
  const parts = Array.from({ length: histograms }, (_, place) => {
    const histogram = readHistogram(reader, binsLeft);
    binsLeft -= histogram.counts.length;
    return { of: [place], data: histogram };
  });
  reader.end();
  return { parts };
}

function writeHistogram(writer: ByteWriter, histogram: HistogramData): void {
  const { zeros, non_finite, ln_min, ln_max, first_bin, counts } = histogram;
  writer.varint(zeros);
  writer.varint(non_finite);
  writer.float64(ln_min);
  writer.float64(ln_max);
  if (ln_min <= ln_max) writeCounts(writer, counts, binOf(ln_min) - first_bin, binOf(ln_max) - first_bin);
}

function writeCounts(writer: ByteWriter, counts: HistogramData['counts'], from: number, to: number): void {
  let empty = 0;
  for (let i = from; i <= to; i++) {
    if (counts[i] === 0) {
      empty++;
      continue;
    }
    if (empty > 0) {
      writer.varint(0);
      writer.varint(empty);
      empty = 0;
    }
    writer.varint(counts[i]);
  }
}

function readHistogram(reader: ByteReader, maxBins: number): HistogramData {
  const zeros = reader.varint();
  const non_finite = reader.varint();
  const ln_min = reader.float64();
  const ln_max = reader.float64();
  const [first_bin, bins] = window(ln_min, ln_max, maxBins);
  const counts = new Float64Array(bins);
  const total = zeros + non_finite + readCounts(reader, counts);
  if (!Number.isSafeInteger(total)) throw new BytesError('a histogram counts more than 2^53 - 1 draws');
  return { zeros, non_finite, ln_min, ln_max, first_bin, counts };
}

/** First bin and number of bins between two ln values; none where nothing positive was counted. */
function window(low: number, high: number, maxBins: number): [number, number] {
  if (low === Number.POSITIVE_INFINITY && high === Number.NEGATIVE_INFINITY) return [0, 0];
  if (!(low <= high && Math.abs(low) <= MAX_ABS_LN && Math.abs(high) <= MAX_ABS_LN)) {
    throw new BytesError(`a histogram's lowest and highest ln cannot be ${low} and ${high}`);
  }
  const bins = binOf(high) - binOf(low) + 1;
  if (bins > maxBins) throw new BytesError(`histograms span more than the ${MAX_BINS} bins that are allowed`);
  return [binOf(low), bins];
}

/** Fills `counts` and returns their sum; the first and the last bin hold the lowest and the highest draw. */
function readCounts(reader: ByteReader, counts: Float64Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = reader.varint();
    if (count === 0) i += emptyBins(reader, i, counts.length) - 1;
    else counts[i] = count;
    total += count;
  }
  return total;
}

function emptyBins(reader: ByteReader, from: number, bins: number): number {
  const empty = reader.varint();
  if (from === 0 || empty === 0 || from + empty >= bins) throw new BytesError('a histogram has empty bins at its end');
  return empty;
}

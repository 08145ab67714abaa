import { ByteReader, BytesError } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { binOf, type HistogramData } from './histogram.js';
import type { Counts, SketchesData } from './sketches.js';
import { NARROW, setSums, sumsOf, type WithinBins, withinAbout } from './within-bins.js';

/** Bins that sketches may span in all, 8 bytes each once read: 33 million, some ten times the paper's scenarios. */
export const MAX_BINS = 2 ** 25;

/** No ln of a positive double is beyond 746; sums of a few stay far below this. */
const MAX_ABS_LN = 1e6;

/**
 * Sketches as bytes: each histogram's zeros, non-finite draws, lowest and highest ln, then the counts of the bins from one to
 * the other, a zero standing for as many empty bins as the next number says; of few bins also where in them the draws lie. Equal counts give equal bytes, however they were
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
  if (mayKnowPlaces(ln_min, ln_max)) writePlaces(writer, histogram);
}

/** Whether a histogram may know where in its bins its draws lie; of one value it needs no more than the bin. */
function mayKnowPlaces(ln_min: number, ln_max: number): boolean {
  return ln_min < ln_max && binOf(ln_max) - binOf(ln_min) < NARROW;
}

function writePlaces(writer: ByteWriter, { within, counts, first_bin, ln_min, ln_max }: HistogramData): void {
  writer.varint(within ? 1 : 0);
  if (within === undefined) return;
  for (let bin = binOf(ln_min); bin <= binOf(ln_max); bin++) {
    if (counts[bin - first_bin] > 0) for (const sum of sumsOf(within, bin)) writer.varint(sum);
  }
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
  const within = mayKnowPlaces(ln_min, ln_max) ? readPlaces(reader, first_bin, counts) : undefined;
  return { zeros, non_finite, ln_min, ln_max, first_bin, counts, ...(within && { within }) };
}

function readPlaces(reader: ByteReader, first_bin: number, counts: Float64Array): WithinBins | undefined {
  const known = reader.varint();
  if (known > 1) throw new BytesError('a histogram neither knows nor does not know where in its bins its draws lie');
  if (known === 0) return undefined;
  const within = withinAbout(first_bin);
  counts.forEach((count, i) => {
    if (count > 0) setSums(within, first_bin + i, [reader.varint(), reader.varint(), reader.varint()]);
  });
  return within;
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

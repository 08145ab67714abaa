import { significant } from '../format.js';
import type { Distribution } from './outcome.js';

/** One distribution of a chart, drawn in the colour of its class. */
export interface Drawn {
  readonly className: string;
  readonly label: string;
  readonly distribution: Distribution;
}

const [WIDTH, HEIGHT, BASE, BAR] = [640, 190, 130, 14];

/** Densities over a log axis with quartile bars under them, as the markup of an SVG. Labels must be plain words. */
export function chartMarkup(drawn: readonly Drawn[], unit: string): string {
  const shown = drawn.filter(({ distribution }) => distribution.quantiles.p50 > 0);
  if (shown.length === 0) return '';
  const low = Math.min(...shown.map(({ distribution: { quantiles } }) => quantiles.p05 || quantiles.p50)) / 1.6;
  const high = Math.max(...shown.map(({ distribution: { quantiles } }) => quantiles.p95)) * 1.6;
  const x = (value: number) => (WIDTH * Math.log(Math.max(value, low) / low)) / Math.log(high / low);
  const title = shown.map(({ label, distribution: { quantiles } }) => describe(label, quantiles, unit)).join('; ');
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT + 20}" role="img" aria-label="${title}">${axis(low, high, x, unit)}${shown
    .map((one, i) => density(one, low, high, x) + bar(one, BASE + 18 + i * (BAR + 6), x))
    .join('')}</svg>`;
}

function describe(label: string, { p25, p50, p75 }: Distribution['quantiles'], unit: string): string {
  return `${label}: median ${significant(p50)} ${unit}, quartiles ${significant(p25)} to ${significant(p75)}`;
}

function density({ className, distribution }: Drawn, low: number, high: number, x: (value: number) => number): string {
  const bins = distribution.bins.filter((bin) => bin.low >= low && bin.high <= high && bin.low > 0);
  const heights = bins.map((bin) => bin.count / Math.log(bin.high / bin.low));
  const smooth = heights.map((_, i) => mean(heights.slice(Math.max(0, i - SMOOTH), i + SMOOTH + 1)));
  const scale = (BASE - 10) / Math.max(...smooth);
  const points = bins.map((bin, i) => `${fixed(x(Math.sqrt(bin.low * bin.high)))},${fixed(BASE - smooth[i] * scale)}`);
  if (points.length === 0) return '';
  const [first, last] = [x(bins[0].low), x(bins[bins.length - 1].high)].map(fixed);
  return `<path class="density ${className}" d="M${first},${BASE}L${points.join('L')}L${last},${BASE}Z"/>`;
}

/** Neighbours on each side whose mean is drawn: at few samples single bins are noise. */
const SMOOTH = 3;

function bar({ className, distribution: { quantiles } }: Drawn, y: number, x: (value: number) => number): string {
  const [p25, p50, p75] = [quantiles.p25, quantiles.p50, quantiles.p75].map(x);
  const width = fixed(Math.max(1, p75 - p25));
  return `<rect class="bar ${className}" x="${fixed(p25)}" y="${y}" width="${width}" height="${BAR}" rx="3"/><circle class="median" cx="${fixed(p50)}" cy="${y + BAR / 2}" r="5"/>`;
}

function axis(low: number, high: number, x: (value: number) => number, unit: string): string {
  const ticks = ticksOf(low, high).map(
    (tick) =>
      `<line class="grid" x1="${fixed(x(tick))}" x2="${fixed(x(tick))}" y1="0" y2="${HEIGHT}"/><text x="${fixed(x(tick))}" y="${HEIGHT + 14}">${significant(tick, 1)}</text>`,
  );
  return `${ticks.join('')}<text class="unit" x="${WIDTH}" y="12">${unit}</text>`;
}

/** Powers of ten with their 2 and 5, thinned where they would collide. */
function ticksOf(low: number, high: number): number[] {
  const steps = high / low > 300 ? [1] : [1, 2, 5];
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i);
  return decades
    .flatMap((decade) => steps.map((step) => step * 10 ** decade))
    .filter((tick) => tick > low && tick < high);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function fixed(value: number): string {
  return value.toFixed(1);
}

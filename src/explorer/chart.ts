import { significant } from '../format.js';
import { escaped } from './markup.js';
import type { Distribution } from './outcome.js';

/** One distribution of a chart, drawn in the manner of its class. */
export interface Drawn {
  readonly className: string;
  readonly label: string;
  readonly distribution: Distribution;
}

/** How a chart is drawn. */
export interface ChartOptions {
  readonly unit: string;
  /** In pixels of the screen: words keep their size. */
  readonly width: number;
  /** Words under the picture, inside it: a picture that is saved still says what it is of. */
  readonly foot?: string;
}

const [CURVES, ROW, TICKS, FOOT] = [150, 42, 24, 20];

/** Neighbours on each side whose mean is drawn: at few samples single bins are noise. */
const SMOOTH = 3;

/** Below so many pixels, every second tick. */
const NARROW = 480;

/** Densities over a log axis; under them for each its name with quartiles (bar), median (dot) and mean (tick). As markup of an SVG. */
export function chartMarkup(drawn: readonly Drawn[], { unit, width, foot }: ChartOptions): string {
  const shown = drawn.filter(({ distribution }) => distribution.quantiles.p50 > 0);
  if (shown.length === 0) return '';
  const scale = scaleOf(shown, width);
  const rows = shown.map((one, i) => row(one, CURVES + TICKS + i * ROW, scale, unit));
  const bottom = CURVES + TICKS + shown.length * ROW;
  const height = bottom + (foot === undefined ? 4 : FOOT);
  const title = escaped(shown.map((one) => rowText(one, unit)).join('; '));
  const words = foot === undefined ? '' : `<text class="foot" x="0" y="${height - 5}">${escaped(foot)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">` +
    `${axis(scale, unit, bottom)}${shown.map((one) => density(one, scale, CURVES)).join('')}` +
    `${peakLabels(shown, scale)}${rows.join('')}${words}</svg>`
  );
}

/** The densities alone, low and wide: what stays in sight while settings are moved. */
export function miniMarkup(drawn: readonly Drawn[], width: number, height: number): string {
  const shown = drawn.filter(({ distribution }) => distribution.quantiles.p50 > 0);
  if (shown.length === 0) return '';
  const scale = scaleOf(shown, width);
  const medians = shown.map(({ className, distribution }) => {
    const x = fixed(scale.x(distribution.quantiles.p50));
    return `<line class="middle ${className}" x1="${x}" x2="${x}" y1="2" y2="${height}"/>`;
  });
  const curves = shown.map((one) => density(one, scale, height)).join('');
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${curves}${medians.join('')}</svg>`;
}

/** What is drawn beyond P5 and P95, as a factor: of what is narrow less. */
const [LEAST_MARGIN, WIDEST_MARGIN] = [1.01, 1.6];

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly width: number;
  x(value: number): number;
}

function scaleOf(shown: readonly Drawn[], width: number): Scale {
  const lowest = Math.min(...shown.map(({ distribution: { quantiles } }) => quantiles.p05 || quantiles.p50));
  const highest = Math.max(...shown.map(({ distribution: { quantiles } }) => quantiles.p95));
  const margin = Math.min(WIDEST_MARGIN, Math.max(LEAST_MARGIN, (highest / lowest) ** (1 / 3)));
  const [low, high] = [lowest / margin, highest * margin];
  const x = (value: number) => (width * Math.log(Math.min(high, Math.max(value, low)) / low)) / Math.log(high / low);
  return { low, high, width, x };
}

function rowText({ label, distribution: { quantiles, mean } }: Drawn, unit: string): string {
  const { p25, p50, p75 } = quantiles;
  const ends = p25 === p75 ? '' : `, quartiles ${significant(p25)} to ${significant(p75)}`;
  return `${label}: median ${significant(p50)} ${unit}${ends}, mean ${significant(mean)}`;
}

/** The points of a curve, highest 1. */
function curve({ distribution }: Drawn, { low, high, x }: Scale): (readonly [x: number, height: number])[] {
  const bins = distribution.bins.filter((bin) => bin.low >= low && bin.high <= high && bin.low > 0);
  const heights = bins.map((bin) => bin.count / Math.log(bin.high / bin.low));
  const smooth = heights.map((_, i) => mean(heights.slice(Math.max(0, i - SMOOTH), i + SMOOTH + 1)));
  const highest = Math.max(...smooth);
  return bins.map((bin, i) => [x(Math.sqrt(bin.low * bin.high)), smooth[i] / highest] as const);
}

function density(one: Drawn, scale: Scale, base: number): string {
  const points = curve(one, scale);
  if (points.length < 2) return '';
  const top = base > CURVES / 2 ? 22 : 3;
  const line = points.map(([x, height]) => `${fixed(x)},${fixed(base - height * (base - top))}`).join('L');
  const [first, last] = [points[0][0], points[points.length - 1][0]].map(fixed);
  const area = `<path class="area ${one.className}" d="M${first},${base}L${line}L${last},${base}Z"/>`;
  return `${area}<path class="curve ${one.className}" d="M${line}"/>`;
}

/** Names at the peaks of two curves: that of the lower one to the left of it, the other's to the right. */
function peakLabels(shown: readonly Drawn[], scale: Scale): string {
  if (shown.length < 2) return '';
  const peaks = shown.map((one) => [...curve(one, scale)].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0);
  const first = peaks[0] <= peaks[1] ? 0 : 1;
  return shown
    .map(({ className, label }, i) => {
      const isLeft = i === first;
      const room = isLeft ? peaks[i] : scale.width - peaks[i];
      const text = shortened(label, room);
      return `<text class="name ${className} ${isLeft ? 'end' : 'start'}" x="${fixed(peaks[i] + (isLeft ? -4 : 4))}" y="14">${escaped(text)}</text>`;
    })
    .join('');
}

const LETTER = 7;

function shortened(text: string, room: number): string {
  const letters = Math.max(3, Math.floor(room / LETTER) - 1);
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

function row(one: Drawn, y: number, { x, width }: Scale, unit: string): string {
  const { className, distribution } = one;
  const [p25, p50, p75] = [distribution.quantiles.p25, distribution.quantiles.p50, distribution.quantiles.p75].map(x);
  const middle = y + 29;
  const at = fixed(x(distribution.mean));
  const key = `<line class="curve ${className}" x1="0" x2="22" y1="${y + 11}" y2="${y + 11}"/>`;
  const text = `<text class="name start ${className}" x="28" y="${y + 15}">${escaped(shortened(rowText(one, unit), width - 28))}</text>`;
  const bar = `<rect class="bar ${className}" x="${fixed(p25)}" y="${middle - 6}" width="${fixed(Math.max(1, p75 - p25))}" height="12" rx="3"/>`;
  const marks = `<line class="mean" x1="${at}" x2="${at}" y1="${middle - 9}" y2="${middle + 9}"/><circle class="median" cx="${fixed(p50)}" cy="${middle}" r="5"/>`;
  return key + text + bar + marks;
}

function axis({ low, high, x, width }: Scale, unit: string, bottom: number): string {
  const y = CURVES + 15;
  // The unit stands at the end of the line.
  const room = width - unit.length * LETTER - 2 * LETTER;
  const inRoom = ticksOf(low, high, width).filter((tick) => x(tick) < room);
  const ticks = inRoom.map((tick) => {
    const at = fixed(x(tick));
    return `<line class="grid" x1="${at}" x2="${at}" y1="20" y2="${bottom}"/><text class="tick" x="${at}" y="${y}">${significant(tick, digitsOf(tick))}</text>`;
  });
  return `${ticks.join('')}<text class="unit" x="${width}" y="${y}">${escaped(unit)}</text>`;
}

/** Powers of ten with their 2 and 5, thinned where they would collide; within less than two of them, even steps. */
function ticksOf(low: number, high: number, width: number): number[] {
  const steps = stepsOf(Math.log10(high / low), width);
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i);
  const edge = (high / low) ** EDGE;
  const isInside = (tick: number) => tick > low * edge && tick < high / edge;
  const ticks = decades.flatMap((decade) => steps.map((step) => step * 10 ** decade)).filter(isInside);
  return ticks.length > 2 ? ticks : evenTicks(low, high).filter(isInside);
}

/** Share of the axis at either end in which no tick stands. */
const EDGE = 0.02;

/** Which multiples of a power of ten have room for their words. */
function stepsOf(decades: number, width: number): readonly number[] {
  const room = width < NARROW ? decades * 2 : decades;
  if (room <= 2.5) return [1, 2, 5];
  return room <= 6 ? [1, 3] : [1];
}

/** Even ticks so many at least, over a short range. */
const EVEN = 4;

function evenTicks(low: number, high: number): number[] {
  const rough = (high - low) / EVEN;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = ([5, 2, 1].find((one) => one * unit <= rough) ?? 1) * unit;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

/** As many digits as a tick has. */
function digitsOf(tick: number): number {
  return tick.toExponential().replace(/[.-]|e.*/g, '').length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function fixed(value: number): string {
  return value.toFixed(1);
}

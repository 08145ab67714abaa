import { chartMarkup, type Drawn, miniMarkup } from './chart.js';
import { element, make, say } from './dom.js';
import type { Distribution, Outcome } from './outcome.js';
import { answerTitle, outcomeLines, ratioSentence, stripSentence } from './sentences.js';
import type { SideName } from './what-if.js';

/** What the page knows of both sides, and what they are called. */
export interface Results {
  readonly names: readonly [a: string, b: string];
  readonly outcomes: Readonly<Partial<Record<SideName, Outcome>>>;
  readonly ratio?: Distribution | undefined;
  /** Words in the foot of each picture. */
  readonly foot: string;
  readonly widths: Widths;
}

/** Widths of the pictures' places, in pixels: asked for once, for each asking lays the page out. */
export interface Widths {
  readonly strip: number;
  readonly chart: number;
}

/** The widths as they are. */
export function widthsNow(): Widths {
  return { strip: widthOf('strip-chart', STRIP_WIDTH), chart: widthOf('chart', USUAL_WIDTH) };
}

const MINI_HEIGHT = 40;
const RATIO_UNIT = 'times';

/** A figure's width where it is not laid out, as in a tab that was never in sight. */
const USUAL_WIDTH = 640;
const STRIP_WIDTH = 160;

/** Tells what is wrong with a side; nothing clears it. */
export function showProblem(name: SideName, message: string): void {
  say(`${name}-problem`, message);
}

/** One side's figures in words. @param wanted draws that are on their way; undefined where all are there */
export function showOutcome(name: SideName, title: string, outcome: Outcome, wanted: number | undefined): void {
  const { p25, p50, p75 } = outcome.energy.quantiles;
  const output = element(`${name}-result`);
  const data = { p25, p50, p75, mean: outcome.energy.mean, samples: outcome.samples };
  for (const [key, value] of Object.entries(data)) output.dataset[key] = `${value}`;
  const lines = outcomeLines(outcome, wanted);
  output.replaceChildren(
    make('p', { class: 'side-name' }, title),
    make('p', { class: 'median-text' }, lines.median),
    make('p', {}, lines.mean),
    make('p', {}, lines.spread),
    make('p', { class: 'small', id: `${name}-samples` }, lines.of),
  );
}

/** The strip, the title and the figure. */
export function showResults(results: Results): void {
  const { names, outcomes, ratio } = results;
  const both = [outcomes.a, outcomes.b] as const;
  say('strip-text', stripSentence(names, both, ratio));
  say('answer-title', answerTitle(names, outcomes.a, ratio));
  element('b-result').hidden = names[0] === names[1];
  element('strip-chart').innerHTML = miniMarkup(drawnOf(results), results.widths.strip, MINI_HEIGHT);
  element('chart').innerHTML = figureOf(results, results.widths.chart, false);
  say('chart-foot', `Densities on a logarithmic axis; quartiles (bar), median (dot) and mean (tick). ${results.foot}`);
}

/** The figure as a picture; saved ones carry their foot. */
export function figureOf(results: Results, width: number, withFoot: boolean): string {
  return chartMarkup(drawnOf(results), { unit: 'Wh per query', width, ...(withFoot && { foot: results.foot }) });
}

function drawnOf({ names, outcomes }: Results): Drawn[] {
  const sides = names[0] === names[1] ? (['a'] as const) : (['a', 'b'] as const);
  return sides.flatMap((name): Drawn[] => {
    const outcome = outcomes[name];
    return outcome ? [{ className: name, label: names[name === 'a' ? 0 : 1], distribution: outcome.energy }] : [];
  });
}

/** The paired ratio; nothing where the sides are the same. */
export function showRatio({ names, ratio, widths }: Results, samples: number): void {
  element('ratio').hidden = names[0] === names[1];
  if (ratio === undefined) return;
  const { p25, p50, p75 } = ratio.quantiles;
  element('ratio').dataset.p50 = `${p50}`;
  element('ratio').dataset.samples = `${samples}`;
  say('ratio-text', ratioSentence(names, ratio));
  const drawn = [{ className: 'ratio', label: 'ratio', distribution: ratio }];
  const options = { unit: RATIO_UNIT, width: widths.chart };
  element('ratio-chart').innerHTML = p25 === p75 ? '' : chartMarkup(drawn, options);
}

function widthOf(id: string, otherwise: number): number {
  return Math.round(element(id).clientWidth) || otherwise;
}

import { count, rangeText, significant } from '../format.js';
import { chartMarkup, type Drawn } from './chart.js';
import type { Distribution, Outcome } from './outcome.js';
import type { SideName } from './what-if.js';

/** An element that the page has from the start. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

export function showProblem(name: SideName, message: string): void {
  element(`${name}-problem`).textContent = message;
}

/** One side's figures in words. @param wanted samples that are on their way; as many as `samples` once all are drawn */
export function showOutcome(
  name: SideName,
  { energy: { quantiles }, trimmed }: Outcome,
  samples: number,
  wanted: number,
): void {
  const { p25, p50, p75 } = quantiles;
  const output = element(`${name}-result`);
  Object.assign(output.dataset, { p25: `${p25}`, p50: `${p50}`, p75: `${p75}`, samples: `${samples}` });
  element(`${name}-median`).textContent = `${significant(p50)} Wh`;
  element(`${name}-quartiles`).textContent = `half of the queries take ${rangeText(p25, p75)} Wh`;
  const trim = trimmed ? ', trimmed to P14–P86 as published' : '';
  const rest = samples < wanted ? ` of ${count(wanted)}` : '';
  element(`${name}-samples`).textContent = `${count(samples)}${rest} samples per model${trim}`;
}

/** Both sides' densities in one chart. */
export function showChart(outcomes: Readonly<Partial<Record<SideName, Outcome>>>): void {
  const drawn = (['a', 'b'] as const).flatMap((name): Drawn[] => {
    const outcome = outcomes[name];
    return outcome ? [{ className: name, label: name.toUpperCase(), distribution: outcome.energy }] : [];
  });
  element('chart').innerHTML = chartMarkup(drawn, 'Wh per query');
}

export function showRatio(ratio: Distribution, samples: number): void {
  const { p25, p50, p75 } = ratio.quantiles;
  Object.assign(element('ratio').dataset, { p50: `${p50}`, samples: `${samples}` });
  const same = p25 === p75 ? '' : `, quartiles ${rangeText(p25, p75)}`;
  element('ratio-text').textContent = `B takes ${significant(p50)} times the energy of A${same}`;
  element('ratio-chart').innerHTML =
    p25 === p75 ? '' : chartMarkup([{ className: 'ratio', label: 'B over A', distribution: ratio }], 'times');
}

import { significant } from '../format.js';
import { BOUNDS } from '../validate/bounds.js';
import type { Validation } from '../validate/validate.js';
import { ASSUMED_INPUTS } from '../validate/workload-inputs.js';
import { engineVersion } from '../version.js';
import { openDrawing } from './drawing.js';
import { agreementFigure, concurrencyFigure, pitFigure } from './figures/validation.js';
import { html, type Markup, trusted } from './html.js';
import { STYLE } from './style.js';
import { tableMarkup } from './table.js';

/** No script, no font, no image, as of the report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const LENGTHS = ['shorter input lengths', 'longer input lengths'] as const;

/** Predictions beside measurements as one page that needs nothing else. */
export async function validationPage(validation: Validation): Promise<string> {
  const { scored, file, beyond } = validation;
  const drawing = await openDrawing(`${file} · tokenjoule ${engineVersion()}`);
  const formulas = [...new Set(scored.map(({ formula }) => formula))];
  const rows = new Set(scored.map(({ row }) => row)).size;
  const figures = formulas.map((formula) => {
    const own = scored.filter((one) => one.formula === formula && one.assumption === 0);
    const drawn = [agreementFigure, pitFigure, concurrencyFigure].map((figure) => figure(drawing, own, formula));
    return html`<h2>${formula}</h2>${drawn}`;
  });
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark">
<title>Predicted against measured energy</title><style>${trusted(STYLE)}</style></head>
<body><main><p class="small">tokenjoule validate</p><h1>Predicted against measured energy of a request</h1>
<p class="headline"><strong>${rows}</strong> rows of ${file}, each predicted without its model's family in what is fitted.</p>
${boundsMarkup(beyond)}
${LENGTHS.map((title, i) => scoresMarkup(validation, title, i))}
${figures}
<h2>Input lengths</h2><p>Where a row states none. Figures are at the shorter one.</p>
<ul>${Object.entries(ASSUMED_INPUTS).map(([workload, { lengths, source }]) => html`<li>${workload}: ${lengths[0]} or ${lengths[1]} tokens (${source})</li>`)}</ul>
<h2>Not scored</h2><ul>${validation.causes.map(({ cause, rows: n }) => html`<li>${n} rows: ${cause}</li>`)}</ul>
</main></body></html>
`.markup;
}

function boundsMarkup(beyond: readonly string[]): Markup {
  const { coverage90, bias, slope, sd, rows } = BOUNDS;
  const bounds = `90 % intervals cover ${coverage90} and |bias| is below ${bias} in each bucket of ${rows} rows or more, the slope is within ±${slope}, the standard deviation below ${sd}`;
  if (beyond.length === 0) return html`<p>Within bounds: ${bounds}.</p>`;
  return html`<p>Bounds: ${bounds}. Beyond them:</p><ul>${beyond.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

function scoresMarkup({ summaries }: Validation, title: string, assumption: number): Markup {
  const head = ['', 'rows', 'bias', 'sd', 'median |error|', 'in 50 %', 'in 90 %', 'slope'];
  const cells = summaries
    .filter((one) => one.assumption === assumption)
    .map(({ formula, by, group, n, bias, sd, median_abs, coverage50, coverage90, slope }) => {
      const numbers = [bias, sd, median_abs, coverage50, coverage90, slope ?? Number.NaN];
      return [
        `${formula}, ${by === 'all' ? 'all rows' : group}`,
        String(n),
        ...numbers.map((one) => significant(one, 2)),
      ];
    });
  return tableMarkup(`Scores at the ${title}`, head, cells);
}

import { alignedLines, percent, significant } from '../format.js';
import { errorText, type FormsCompared } from '../result/throughput-forms.js';

/** Forms of throughput side by side for a reader at a terminal, model by model, and the one to choose. */
export function throughputText({ forms, recommended, because }: FormsCompared): string {
  const models = [...new Set(forms.map(({ model }) => model))];
  const or = (value: number | null, text: (value: number) => string) => (value === null ? '–' : text(value));
  const lines = models.flatMap((name) =>
    forms
      .filter(({ model }) => model === name)
      .map(({ form, rows, loo_error, r_squared, prior_share }, i) => [
        i === 0 ? name : '',
        i === 0 ? `${rows}` : '',
        form,
        or(loo_error, errorText),
        or(r_squared, (value) => significant(value)),
        or(prior_share, percent),
      ]),
  );
  const doubts = [...new Set(forms.flatMap((one) => one.doubts.map((doubt) => `note: ${one.form}: ${doubt}`)))];
  return [
    ...alignedLines([['model', 'rows', 'form', 'each row from the others', 'R²', 'from priors'], ...lines]),
    ...doubts,
    '',
    `recommended: throughput.form: ${recommended}, which ${because}`,
  ].join('\n');
}

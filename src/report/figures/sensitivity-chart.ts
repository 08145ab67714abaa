import type { SensitivityRow } from '../../tables/studies.js';

/** A number of each input that is drawn as a bar, with the half-width of its interval. */
export interface Measure {
  readonly label: string;
  readonly value: keyof SensitivityRow;
  readonly conf: keyof SensitivityRow;
}

/** How a method's numbers are drawn: the first measure ranks the inputs. */
export interface Chart {
  readonly axis: string;
  readonly measures: readonly Measure[];
}

const CHARTS: readonly Chart[] = [
  {
    axis: 'share of variance',
    measures: [
      { label: 'total', value: 'st', conf: 'st_conf' },
      { label: 'first order', value: 's1', conf: 's1_conf' },
    ],
  },
  { axis: 'share of variance', measures: [{ label: 'Shapley effect', value: 'shapley', conf: 'shapley_conf' }] },
  {
    axis: 'mean absolute elementary effect',
    measures: [{ label: 'mean size of the effect', value: 'mu_star', conf: 'mu_star_conf' }],
  },
  {
    axis: 'standardised coefficient',
    measures: [
      { label: 'of values', value: 'src', conf: 'src_conf' },
      { label: 'of ranks', value: 'srrc', conf: 'srrc_conf' },
    ],
  },
  {
    axis: 'Kolmogorov–Smirnov distance',
    measures: [{ label: 'PAWN, median over the slices', value: 'median', conf: 'median_conf' }],
  },
];

/** How rows of one analysis are drawn as bars; undefined where their method has no measure of this kind. */
export function chartOf(rows: readonly SensitivityRow[]): Chart | undefined {
  return CHARTS.find(({ measures: [{ value }] }) => rows.some((row) => typeof row[value] === 'number'));
}

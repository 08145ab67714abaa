import { exp, ln } from '../distributions/elementary.js';
import { percent } from '../format.js';
import { leaveOneOut, medianAbsolute } from '../model/throughput/leave-one-out.js';
import { logLogLooError } from '../model/throughput/log-log-uncertainty.js';
import { highestTps, type ThroughputRow } from '../model/throughput/throughput.js';
import type { ResolvedModel, ResolvedScenario } from '../scenario/resolved.js';
import type { ThroughputForm } from '../scenario/sections/measurements.js';
import { counted } from '../words.js';
import { doubtsOf, rSquaredOf } from './doubts.js';

/** How one form fits the rows of one model. */
export interface FormOfModel {
  readonly model: string;
  readonly form: ThroughputForm;
  readonly rows: number;
  /** Median |ln error| of each row predicted from the others; null where they are too few. */
  readonly loo_error: number | null;
  readonly r_squared: number | null;
  /** Share of what is known of the costs that comes from other models; null for forms without priors. */
  readonly prior_share: number | null;
  readonly doubts: readonly string[];
}

/** Forms side by side, and the one to choose. */
export interface FormsCompared {
  readonly forms: readonly FormOfModel[];
  readonly recommended: ThroughputForm;
  readonly because: string;
}

/** Compares forms that one scenario's rows were fitted by. @param fitted the scenario under each form */
export function compareForms(fitted: ReadonlyMap<ThroughputForm, ResolvedScenario>): FormsCompared {
  const forms = [...fitted].flatMap(([form, scenario]) =>
    scenario.models.flatMap((model) => formOf(form, model, scenario.regimes) ?? []),
  );
  const comparable = judgedByAll(forms, fitted.size);
  const judged = [...fitted.keys()].map((form) =>
    judgementOf(
      form,
      comparable.filter((one) => one.form === form),
    ),
  );
  const known = judged.filter(({ error }) => error !== null).sort((a, b) => a.error! - b.error! || a.doubts - b.doubts);
  return { forms, ...recommendation(known) };
}

/** Models that every form can be judged by, so that like is compared with like; all where there is none. */
function judgedByAll(forms: readonly FormOfModel[], count: number): readonly FormOfModel[] {
  const isJudged = ({ model }: FormOfModel) =>
    forms.filter((one) => one.model === model && one.loo_error !== null).length === count;
  const common = forms.filter(isJudged);
  return common.length > 0 ? common : forms;
}

function formOf(
  form: ThroughputForm,
  model: ResolvedModel,
  regimes: ResolvedScenario['regimes'],
): FormOfModel | undefined {
  const { name, throughput, measured } = model;
  if (measured === undefined) return undefined;
  return {
    model: name,
    form,
    rows: measured.length,
    loo_error: looErrorOf(form, model, measured),
    r_squared: rSquaredOf(throughput, measured),
    prior_share: throughput.method === 'request-cost' ? (throughput.fit?.prior_share ?? null) : null,
    doubts: doubtsOf({ models: [model], regimes }),
  };
}

function looErrorOf(
  form: ThroughputForm,
  { throughput }: ResolvedModel,
  rows: readonly ThroughputRow[],
): number | null {
  if (throughput.method === 'request-cost') return throughput.fit?.loo_error ?? null;
  if (form === 'log-log') return logLogLooError(rows);
  const errors = leaveOneOut(rows, (others) => {
    if (others.length === 0) return undefined;
    const highest = ln(highestTps(others));
    return () => highest;
  });
  return medianAbsolute(errors);
}

interface Judgement {
  readonly form: ThroughputForm;
  /** Median over the models that can be judged; null of none. */
  readonly error: number | null;
  readonly judged: number;
  readonly doubts: number;
}

function judgementOf(form: ThroughputForm, own: readonly FormOfModel[]): Judgement {
  const errors = own.flatMap(({ loo_error }) => loo_error ?? []);
  return {
    form,
    error: medianAbsolute(errors),
    judged: errors.length,
    doubts: own.reduce((sum, { doubts }) => sum + doubts.length, 0),
  };
}

function recommendation([best, ...others]: readonly Judgement[]): Pick<FormsCompared, 'recommended' | 'because'> {
  if (best === undefined) {
    const because =
      'no model has rows to predict one from the others; only its prior says how throughput goes with lengths';
    return { recommended: 'request-cost', because };
  }
  const rest = others.map(({ form, error }) => `${form} to ${errorText(error!)}`).join(', ');
  const predicts = `predicts each row from the others to ${errorText(best.error!)}`;
  return {
    recommended: best.form,
    because: `${predicts} (median of ${counted(best.judged, 'model')})${rest && `, ${rest}`}`,
  };
}

/** An error in ln as a share. */
export function errorText(error: number): string {
  return percent(exp(error) - 1);
}

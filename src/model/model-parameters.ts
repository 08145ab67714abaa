/** What is known of a model by itself; formulas that take it need it stated. */
export const MODEL_PARAMETERS = {
  active_params_b: {
    unit: '10^9',
    about: 'Parameters that one token passes through, in billions; of a dense model, all.',
  },
  total_params_b: { unit: '10^9', about: 'All parameters of the model, in billions.' },
  first_token_s: {
    unit: 's',
    about: 'Seconds from a query to the first token of its answer; the formula jegham takes it.',
  },
  query_tps: {
    unit: 'tok/s',
    about: 'Tokens per second that one query receives, not the whole node; the formula jegham takes it.',
  },
} as const satisfies Readonly<Record<string, { unit: string; about: string }>>;

/** Name of something known of a model. */
export type ModelParameter = keyof typeof MODEL_PARAMETERS;

/** The names of what may be known of a model. */
export const MODEL_PARAMETER_NAMES = Object.keys(MODEL_PARAMETERS) as readonly ModelParameter[];

/** Whether a name is that of something known of a model. */
export function isModelParameter(name: string): name is ModelParameter {
  return Object.hasOwn(MODEL_PARAMETERS, name);
}

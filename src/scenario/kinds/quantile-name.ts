import { type QuantileName, quantileNameOf } from '../../sketch/quantile-name.js';
import { type Kind, mistyped } from './kind.js';

/** A quantile by its name, as tables have it: p5 becomes p05. */
export const quantileName: Kind<QuantileName> = {
  expected: 'a quantile above p0 and below p100, e.g. p10, p50 or p99.9',
  fits: (written) => typeof written === 'string',
  check(written, context) {
    const name = typeof written === 'string' ? quantileNameOf(written) : undefined;
    return name ?? mistyped(quantileName, written, context, hint(written));
  },
  schema: { type: 'string', pattern: '^[pP](?!0+(\\.0+)?$)\\d{1,2}(\\.\\d{1,6})?$' },
};

/** A share, or a percentage, is the number of a quantile; 1 and what lies below is taken for a share. */
function hint(written: unknown): string {
  const number = typeof written === 'number' ? written : Number.NaN;
  const percent = number < 1 ? Number((100 * number).toFixed(6)) : number;
  const name = quantileNameOf(`p${percent}`);
  return name === undefined ? '' : `; write ${name}`;
}

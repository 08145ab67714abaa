import type { Complain } from '../kinds/kind.js';
import type { Scenario } from '../schema.js';
import { DEFAULT_QUANTIZATION } from '../sections/measurements.js';

/** The number formats whose rows a model is fitted to; without a model, those of all that say none of their own. */
export function quantizationsOf({ throughput, models, hardware }: Scenario, model?: string): readonly string[] {
  const own = model === undefined ? undefined : models?.[model]?.quantization;
  const stated = own ?? throughput?.quantization;
  if (stated !== undefined) return [stated];
  const chosen = throughput?.where?.quantization;
  return chosen === undefined ? [hardware?.precision ?? DEFAULT_QUANTIZATION] : [chosen].flat().map(String);
}

/** Complains where `quantization` and `where.quantization`, of which it is the short form, differ. */
export function checkQuantization({ throughput }: Scenario, complain: Complain): void {
  const { quantization, where } = throughput ?? {};
  const chosen = where?.quantization;
  if (quantization === undefined || chosen === undefined || [chosen].flat().join() === quantization) return;
  const text = [chosen].flat().join(' or ');
  complain(
    ['throughput', 'quantization'],
    `is ${quantization}, but where.quantization is ${text}: one says the other; leave one out`,
  );
}

import type { Distribution } from '../../distributions/index.js';
import { IMPACT_INPUTS, type ImpactInput } from '../../model/impact/inputs.js';
import { type Field, optional } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { notNegative, parameter } from '../kinds/parameter.js';

/** A stated number or distribution of an impact, within what the table of quantities says of it. */
function stated(input: ImpactInput): Field<Distribution, false> {
  const { about, physical } = IMPACT_INPUTS[input];
  return optional(parameter(notNegative, physical), about);
}

const grid = mapping({ gco2e_per_kwh: stated('grid_gco2e_per_kwh') });

/** What queries cause beside energy. */
export const impact = mapping({
  grid: optional(grid, 'The electricity that the site takes.'),
});

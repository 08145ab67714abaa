import { distributionSchema, distributionSchemaWith } from '../distributions/schema.js';
import { varySchema } from './kinds/vary.js';
import { scenarioKind } from './schema.js';

/** JSON Schema (draft 2020-12) of a scenario file, for editors: types, limits and a description of every key. */
export function scenarioJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'tokenjoule scenario',
    ...scenarioKind.schema,
    // Named by DISTRIBUTION_REFERENCE and PARAMETER_REFERENCE.
    $defs: { distribution: distributionSchema, parameter: distributionSchemaWith({ vary: varySchema }) },
  };
}

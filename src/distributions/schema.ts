import { families } from './index.js';
import { mixtureSchema } from './mixture.js';

/** Where the schema that uses `distributionSchema` has to put it, since a mixture holds distributions itself. */
export const DISTRIBUTION_REFERENCE = '#/$defs/distribution';

/**
 * JSON Schema (draft 2020-12) of a number, or one family with optional bounds.
 *
 * @param beside schemas of other keys that may stand beside a family, by their names
 */
export function distributionSchemaWith(beside: Readonly<Record<string, object>>) {
  return {
    description: 'A number, or one distribution such as { lognormal: { p5: 0.4, p95: 0.9 } }',
    anyOf: [
      { type: 'number' },
      ...Object.values(families).map(({ name, schema }) =>
        familySchema(name === 'recorded' ? 'empirical' : name, schema, beside),
      ),
      familySchema('mixture', mixtureSchema({ $ref: DISTRIBUTION_REFERENCE }), beside),
    ],
  };
}

/** JSON Schema (draft 2020-12) of what `parseDistribution` accepts. */
export const distributionSchema = distributionSchemaWith({});

function familySchema(name: string, schema: object, beside: Readonly<Record<string, object>>): object {
  const bound = { type: 'number' };
  const properties = { [name]: schema, min: bound, max: bound, ...beside };
  return { type: 'object', properties, required: [name], additionalProperties: false };
}

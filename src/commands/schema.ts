import { scenarioJsonSchema } from '../scenario/json-schema.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

/** `tokenjoule schema`: the JSON Schema of scenario files, for editors. */
export async function schemaCommand({ stdout }: Surroundings): Promise<number> {
  stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
  return DONE;
}

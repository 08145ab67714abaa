import { fileURLToPath } from 'node:url';
import { InputError, shownProblems } from '../errors.js';
import { arithmeticPriorsOf } from '../model/serving/arithmetic-priors.js';
import { grouped } from '../model/throughput/pool/configurations.js';
import { readPool } from '../model/throughput/pool/pool-priors.js';
import { limitsOf } from '../plan/limits.js';
import { validationPage } from '../report/validation-page.js';
import { loadWithSource } from '../scenario/load.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import { VALIDATION } from '../tables/validation.js';
import { encodeTable } from '../tables/write.js';
import { validationReason, validationText } from '../terminal/validation-text.js';
import type { Catalogue } from '../validate/catalogue.js';
import type { Unmatched } from '../validate/identify.js';
import { formulaOf, scenarioPredictor } from '../validate/predict-scenario.js';
import { type MeasuredTable, readMeasured } from '../validate/read-measured.js';
import { SHIPPED_SCENARIO, shippedMeasurements, shippedTables } from '../validate/read-shipped.js';
import { scenarioHardware } from '../validate/scenario-hardware.js';
import { validate } from '../validate/validate.js';
import { validationRows } from '../validate/validation-rows.js';
import { counted } from '../words.js';
import { outFolder, parseArguments, usageError } from './arguments.js';
import { DONE, UNEXPECTED } from './exit-status.js';
import { loadWithin } from './load-within.js';
import { readTable } from './read-table.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  against: { type: 'string' },
  out: { type: 'string', short: 'o', default: 'output/validation' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/**
 * `tokenjoule validate [SCENARIO] [--against TABLE]`: measured energies beside what would have been predicted without them, as a
 * table and a page.
 *
 * @returns 3 if the predictions are beyond the stated bounds, with the reason in one line of stderr
 */
export async function validateCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('validate', args, FLAGS);
  if (positionals.length > 1) throw usageError('validate', `name one scenario at most; found ${positionals.length}`);
  const out = outFolder('validate', values.out);
  const [tables, learnt] = await Promise.all([shippedTables(), shippedMeasurements()]);
  const against =
    values.against === undefined ? learnt : await readMeasured(values.against, await readTable(values.against));
  const scenario = await scenarioOf(positionals[0], tables, around);
  await checkWritable(out);
  const priors = arithmeticPriorsOf(readPool(tables));
  const validation = validate({ catalogue: tables, learnt, against, priors, scenario });
  if (validation.scored.length === 0) throw nothingScored({ against, unmatched: validation.unmatched });
  const files = [
    { name: `${VALIDATION.name}.arrow`, content: await encodeTable(VALIDATION, validationRows(validation), {}) },
    { name: `${VALIDATION.name}.html`, content: await validationPage(validation) },
  ];
  await writeFiles(out, files, { signal: around.signal });
  const { file, summaries, causes, beyond } = validation;
  if (values.json)
    around.stdout.write(`${JSON.stringify({ folder: out, file, summaries, causes, beyond }, null, 2)}\n`);
  else if (!values.quiet) around.stdout.write(`${validationText(validation, out)}\n`);
  if (beyond.length === 0) return DONE;
  if (values.json || values.quiet) around.stderr.write(`${validationReason(validation)}\n`);
  return UNEXPECTED;
}

async function scenarioOf(file = fileURLToPath(SHIPPED_SCENARIO), catalogue: Catalogue, around: Surroundings) {
  await loadWithin(limitsOf(around.environment), file, {});
  const { scenario, source } = await loadWithSource(file);
  const hardware = await scenarioHardware(scenario, source, catalogue);
  return { formula: formulaOf(scenario), predict: await scenarioPredictor(scenario, hardware) };
}

/** One problem for each cause, at the first row that it is of; what is near, or what to state, stands in the details. */
function nothingScored({
  against,
  unmatched,
}: {
  against: MeasuredTable;
  unmatched: readonly Unmatched[];
}): InputError {
  const byCause = grouped(unmatched, ({ cause, detail }) => `${cause}: ${detail}`);
  const problems = [...byCause].map(([about, rows]) => {
    const more = rows.length > 1 ? `, and ${counted(rows.length - 1, 'more row')}` : '';
    return { file: against.file, line: rows[0].row.line, key: '', message: `no row can be scored; ${about}${more}` };
  });
  return new InputError(shownProblems(problems));
}

import { RunError } from '../errors.js';
import { alignedLines, count, significant } from '../format.js';
import type { PassNumber } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { type BlockRun, blockOutputs, runBlock } from '../run/block.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { BlockError } from '../workers/block-error.js';
import { noMemoryError } from '../workers/no-memory.js';
import type { Pool } from '../workers/pool.js';
import { usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

/** Flags that name one block. */
export interface BlockValues {
  readonly block?: string | undefined;
  readonly pass?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `tokenjoule run FILE --block N`: draws one block in the calling thread and prints what it counts; writes no file. */
export async function blockCommand(
  pool: Pool,
  scenario: ResolvedScenario,
  values: BlockValues,
  { stdout, signal }: Surroundings,
): Promise<number> {
  const block = wholeNumber('run', '--block', values.block ?? '', 0);
  const blocks = Math.ceil(scenario.samples / BLOCK_SIZE);
  if (block >= blocks) throw usageError('run', `--block ${block} is past the last block, ${blocks - 1}`);
  const pass = passNumber(values.pass);
  const run = await runBlock(pool, scenario, pass, block, signal).catch((cause) => fail(cause, block, pass));
  stdout.write(values.json ? `${JSON.stringify(blockOutputs(run), null, 2)}\n` : blockText(run, scenario, block, pass));
  return DONE;
}

/** The pass that `--pass` names; the first if it is not given. */
export function passNumber(text: string | undefined): PassNumber {
  if (text === undefined || text === '1') return 1;
  if (text === '2') return 2;
  throw usageError('run', `--pass takes 1 (models) or 2 (blends); found ${JSON.stringify(text)}`);
}

/** The error of a block, with the key of what failed and the command that draws just that block again. */
export function withReproduction(error: unknown, scenario: ResolvedScenario, file: string, set: readonly string[]) {
  if (!(error instanceof BlockError)) return error;
  const { name, seed, samples } = scenario;
  const flags = [
    ...set.flatMap((text) => ['--set', quoted(text)]),
    ...['--samples', `${samples}`, '--seed', quoted(seed), '--block', `${error.block}`, '--pass', `${error.pass}`],
  ];
  const key = `scenario ${name}, seed ${JSON.stringify(seed)}, pass ${error.pass}, block ${error.block}`;
  const command = `tokenjoule run ${quoted(file)} ${flags.join(' ')}`;
  return new RunError(`${error.message}\n  block's key: ${key}\n  to draw just this block: ${command}`, {
    cause: error,
  });
}

function fail(cause: unknown, block: number, pass: PassNumber): never {
  const known = cause instanceof RunError ? cause : noMemoryError(cause);
  if (known) throw known;
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  throw new RunError(`block ${block} of pass ${pass} failed:\n${stack}`, { cause });
}

function blockText(run: BlockRun, { name, seed }: ResolvedScenario, block: number, pass: PassNumber): string {
  const rows = blockOutputs(run).map(({ output, n, zeros, non_finite, p50 }) => [
    output,
    count(n),
    count(zeros),
    count(non_finite),
    p50 === null ? '' : significant(p50, 6),
  ]);
  const lines = alignedLines([['output', 'n', 'zeros', 'non-finite', 'median'], ...rows]);
  return [`${name}, seed "${seed}", pass ${pass}, block ${block}: drawn without error`, ...lines, ''].join('\n');
}

/** As a POSIX shell takes it: in single quotes unless it is plain. */
function quoted(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

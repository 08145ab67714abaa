import { LARGEST_RANGE } from '../blocks/block-ranges.js';
import type { BlockRange } from '../blocks/blocks.js';
import { FORMULA_NAMES, type FormulaName } from '../model/formulas/index.js';
import { RESULTS, type ResultName } from '../model/quantities.js';
import type { BlendMember, BlendMembers } from '../plan/plan.js';
import { BytesError } from '../sketch/byte-reader.js';
import { blockRange, identity, recordOf, textOf } from '../state/header.js';
import type { RunIdentity } from '../state/identity.js';

/** What a job of the queue asks for, as plain JSON. The scenario is sent once for each run, see `runKey`. */
export interface RangeJob {
  readonly run_id: string;
  readonly run: RunIdentity;
  readonly range: BlockRange;
  /** What pass 2 is planned from, a bin of -Infinity as null; pass 2 only. */
  readonly members: readonly BlendMembers[];
}

const MAX_BLENDS = 10_000;

/** A job from the queue, nothing taken on trust. @throws BytesError naming the key that is wrong */
export function rangeJob(data: unknown): RangeJob {
  const { run_id, run, range, members } = recordOf(data, 'job');
  const checked = blockRange(range, 'range');
  if (checked.blocks > LARGEST_RANGE) throw new BytesError(`asks for more than ${LARGEST_RANGE} blocks at once`);
  const id = textOf(run_id, 'run_id', 64);
  if (!/^[\w-]+$/.test(id)) throw new BytesError('has a wrong run_id');
  return {
    run_id: id,
    run: identity(recordOf(run, 'run')),
    range: checked,
    members: list(members, 'members').map(blend),
  };
}

function blend(value: unknown): BlendMembers {
  const { blend, regime, formula, metric, members } = recordOf(value, 'members');
  return {
    blend: textOf(blend, 'blend'),
    regime: textOf(regime, 'regime'),
    formula: formulaOf(formula),
    metric: metricOf(metric),
    members: list(members, 'members').map(member),
  };
}

function formulaOf(value: unknown): FormulaName {
  const formula = FORMULA_NAMES.find((name) => name === value);
  if (formula === undefined) throw new BytesError('has a wrong formula');
  return formula;
}

function metricOf(value: unknown): ResultName {
  if (typeof value !== 'string' || !Object.hasOwn(RESULTS, value)) throw new BytesError('has a wrong metric');
  return value as ResultName;
}

function member(value: unknown): BlendMember {
  const { model, lowBin, highBin, lowShare, highShare } = recordOf(value, 'member');
  return {
    model: textOf(model, 'model'),
    lowBin: bin(lowBin),
    highBin: bin(highBin),
    ...(lowShare !== undefined && { lowShare: share(lowShare) }),
    ...(highShare !== undefined && { highShare: share(highShare) }),
  };
}

function share(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw new BytesError('has a wrong share');
  return value;
}

function bin(value: unknown): number {
  if (value === null) return Number.NEGATIVE_INFINITY;
  if (!Number.isSafeInteger(value)) throw new BytesError('has a wrong bin');
  return value as number;
}

function list(value: unknown, key: string): unknown[] {
  if (!Array.isArray(value) || value.length > MAX_BLENDS) throw new BytesError(`has a wrong ${key}; expected a list`);
  return value;
}

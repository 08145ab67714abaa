import { type BlockSet, isWithin } from '../blocks/block-set.js';
import { RunError } from '../errors.js';
import type { Plan } from '../plan/plan.js';
import { FileError } from '../regular-file.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { BytesError } from '../sketch/byte-reader.js';
import type { Sketches, SketchesData } from '../sketch/sketches.js';
import type { Owner } from '../tables/owner.js';
import type { CheckpointFolder } from './checkpoint-folder.js';
import { recordOf, stateHeader } from './header.js';
import { identityDifference, identityOf, type RunIdentity } from './identity.js';
import { decodeState, encodeState } from './state-bytes.js';

/** A pass as far as it is counted; read from disk, its sketches are plain data. */
export interface PassState<S = SketchesData> {
  readonly blocks: BlockSet;
  readonly sketches: S;
}

/** Saves and finds the states of one run's passes. */
export interface Checkpoint {
  save(plan: Plan, state: PassState<Sketches>): Promise<void>;
  /**
   * The newest good state of a plan; damaged ones are set aside and told of.
   *
   * @throws RunError if a state is of another run, naming what differs
   */
  load(plan: Plan): Promise<PassState | undefined>;
  /** Whether there is anything to go on from. */
  exists(): Promise<boolean>;
  clear(): Promise<void>;
}

/** What checkpoints need to know beside folder and scenario. */
export interface CheckpointSetting {
  /** Name of the kernel that draws. */
  readonly kernel: string;
  /** Whether states found are this run's to go on from; if not, the first one saved replaces them. */
  readonly resume: boolean;
  /** Takes sentences for the user, e.g. of a damaged file that was set aside. */
  readonly tell: (sentence: string) => void;
}

/** Checkpoints of a scenario in a folder. */
export function checkpointIn(
  folder: CheckpointFolder,
  scenario: ResolvedScenario,
  { kernel, resume, tell }: CheckpointSetting,
): Checkpoint {
  let taken = false;
  const take = async () => {
    // What an earlier run left must not be taken for this run's second pass.
    if (!resume) await folder.clear();
    const other = await folder.take();
    if (other !== undefined) throw new RunError(`process ${other.pid} saves its own in ${folder.path}`);
    taken = true;
  };
  const identify = (plan: Plan) => identityOf(scenario, plan, kernel);
  return {
    async save(plan, { blocks, sketches }) {
      const run = identify(plan);
      // The scenario is there to name what differs, and is never run from.
      const bytes = encodeState({ run, blocks, scenario }, sketches);
      if (!taken) await take();
      await folder.save(run.pass, bytes);
    },
    async load(plan) {
      const run = identify(plan);
      const other = await folder.otherOwner();
      if (other !== undefined) throw new RunError(stillRuns(folder.path, other));
      for (const name of await folder.list(run.pass)) {
        const state = await readState(folder, name, plan, run, scenario, tell);
        if (state) return state;
      }
      return undefined;
    },
    exists: async () => (await folder.list(1)).length > 0,
    clear: () => folder.clear(),
  };
}

function stillRuns(folder: string, { pid }: Owner): string {
  return `the run whose states are in ${folder} still goes on, in process ${pid}; wait for it to end, or stop it`;
}

async function readState(
  folder: CheckpointFolder,
  name: string,
  plan: Plan,
  run: RunIdentity,
  scenario: ResolvedScenario,
  tell: (sentence: string) => void,
): Promise<PassState | undefined> {
  try {
    const { header, sketches } = decodeState(await folder.read(name));
    const { run: there, blocks } = stateHeader(header);
    refuseOther(folder.path, there, run, recordOf(header, 'header').scenario, scenario);
    if (!isWithin(blocks, plan.samples)) throw new BytesError('counts blocks that the run does not have');
    const counts = sketches(plan.counted.length);
    return { blocks, sketches: counts };
  } catch (error) {
    if (!(error instanceof BytesError || error instanceof RangeError || error instanceof FileError)) throw error;
    tell(`checkpoint ${name} ${error.message}; set aside as ${await folder.setAside(name)}`);
    return undefined;
  }
}

/** A checkpoint of another run is the user's to decide on, so it is neither used nor moved. */
function refuseOther(folder: string, there: RunIdentity, here: RunIdentity, scenario: unknown, own: ResolvedScenario) {
  const difference = identityDifference(there, here, scenario, own);
  if (difference === undefined) return;
  throw new RunError(
    `the checkpoint in ${folder} is of another run; ${difference}; ` +
      'run without --resume to start anew, or with what the checkpoint was made with',
  );
}

import type { Distribution } from '../distributions/index.js';
import { supportOf } from '../distributions/support.js';
import { sessionNodes } from '../kernel/session-draws.js';
import type { PlanNode, SessionSpec } from '../plan/node.js';
import type { StreamKey } from '../random/streams.js';
import { type UniformOfTurn, uniformsOfTurns } from '../random/uniform-of-turn.js';

/**
 * An uncertain input of a session: all that it draws in all turns is one input of an analysis, so that its index is that of a group
 * (Sobol, Math. Comput. Simul. 55, 2001). A value of it is a uniform number.
 */
export interface SessionInput {
  readonly name: string;
  /** Key of its stream, as text. */
  readonly stream: string;
  /** Drawn once a session, by the uniform number itself; else anew in each turn, by numbers that follow from it. */
  readonly once: boolean;
}

/** What the sessions of a plan draw; lengths of one row of a trace are one input. */
export function sessionInputs(nodes: readonly PlanNode[]): SessionInput[] {
  const specs = sessionNodes(nodes, [...nodes.keys()]).map(({ node }) => node.spec);
  const inputs = specs.flatMap(({ variables }) => Object.entries(variables).flatMap(inputOf));
  return [...new Map(inputs.map((input) => [input.stream, input])).values()];
}

function inputOf([variable, { key, distribution }]: [string, NonNullable<SessionSpec['variables']['input_tokens']>]) {
  if (distribution !== undefined && !isUncertain(distribution)) return [];
  const row = distribution?.family === 'recorded' ? distribution.parameters.row_of : undefined;
  const isOfTurns = variable === 'session.turns' && distribution !== undefined;
  const once = isOfTurns || variable === 'session.system_tokens';
  return [{ name: row ?? variable, stream: textOf(key), once }];
}

/** Whether a distribution holds more than one value. */
export function isUncertain(distribution: Distribution): boolean {
  const [low, high] = supportOf(distribution);
  return low < high;
}

function textOf(key: StreamKey): string {
  return key.join();
}

/** Where sessions take their numbers from. @param columns one of uniform numbers for each input, by its stream */
export function uniformsByInput(
  inputs: readonly SessionInput[],
  columns: ReadonlyMap<string, Float64Array>,
): UniformOfTurn {
  const ofTurns = uniformsOfTurns();
  const once = new Set(inputs.filter((input) => input.once).map(({ stream }) => stream));
  const bits = new DataView(new ArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  return (key, _block, i, turn) => {
    const stream = textOf(key);
    const uniform = columns.get(stream)?.[i] ?? 0.5;
    if (once.has(stream)) return uniform;
    bits.setFloat64(0, uniform);
    return ofTurns([(key[0] ^ bits.getUint32(0)) >>> 0, (key[1] ^ bits.getUint32(4)) >>> 0], 0, 0, turn);
  };
}

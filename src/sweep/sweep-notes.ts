import { setImmediate } from 'node:timers/promises';
import { compileDistribution } from '../distributions/compile.js';
import type { Distribution } from '../distributions/index.js';
import { percent } from '../format.js';
import { boundsOf } from '../model/quantities.js';
import { planModels } from '../plan/plan-models.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** Equally likely values of a distribution that are looked at: shares below 0.02 % go unseen. */
const POINTS = 2048;

/** Cells looked at in one turn of the event loop: about ten milliseconds. */
const CELLS_A_TURN = 100;

/** Shares of one variable's values that its reader must know of. */
interface Shares {
  readonly below: number;
  readonly above: number;
  readonly removed: number;
}

/**
 * What a reader of a sweep must know, once for all cells: what they left out, and values outside physical bounds or taken away
 * by truncation, from the distributions themselves.
 */
export async function sweepNotes(scenarios: readonly ResolvedScenario[]): Promise<string[]> {
  const known = new Map<string, Promise<Shares>>();
  const notes = new Notes(scenarios.length);
  for (const [cell, scenario] of scenarios.entries()) {
    // Cells that are under way have their turn.
    if (cell % CELLS_A_TURN === 0) await setImmediate();
    for (const warning of scenario.warnings) notes.add(cell, warning);
    for (const { variable, distribution } of planModels(scenario, () => [0, 0]).inputs) {
      const identity = JSON.stringify([variable, distribution]);
      const shares = known.get(identity) ?? sharesOf(variable, distribution);
      known.set(identity, shares);
      addShares(notes, cell, variable, await shares);
    }
  }
  return notes.list();
}

async function sharesOf(variable: string, distribution: Distribution): Promise<Shares> {
  const [low, high] = boundsOf(variable);
  const { quantile, removedMass: removed } = await compileDistribution(distribution);
  const points = distribution.family === 'constant' ? 1 : POINTS;
  const values = Float64Array.from({ length: points }, (_, i) => quantile((i + 0.5) / points));
  const share = (isOut: (value: number) => boolean) => values.filter(isOut).length / points;
  return { below: share((value) => value < low), above: share((value) => value > high), removed };
}

function addShares(notes: Notes, cell: number, variable: string, { below, above, removed }: Shares): void {
  notes.add(cell, `of ${variable} draws are below 1 (\`min: 1\` beside the distribution would truncate)`, below);
  notes.add(cell, `of ${variable} draws are above 1 (\`max: 1\` beside the distribution would truncate)`, above);
  notes.add(cell, `of ${variable} was taken away by truncation`, removed);
}

/** Sentences with the cells that they hold for, and the range of their shares. */
class Notes {
  readonly #cells: number;
  readonly #found = new Map<string, { readonly cells: Set<number>; readonly shares: number[] }>();

  constructor(cells: number) {
    this.#cells = cells;
  }

  /** @param share nothing is noted of none */
  add(cell: number, sentence: string, share?: number): void {
    if (share === 0) return;
    const note = this.#found.get(sentence) ?? { cells: new Set(), shares: [] };
    this.#found.set(sentence, note);
    note.cells.add(cell);
    if (share !== undefined) note.shares.push(share);
  }

  list(): string[] {
    return [...this.#found].map(([sentence, { cells, shares }]) => {
      const where = cells.size < this.#cells ? ` (${cells.size} of ${this.#cells} cells)` : '';
      return `${shares.length > 0 ? `about ${rangeOf(shares)} ` : ''}${sentence}${where}`;
    });
  }
}

function rangeOf(shares: readonly number[]): string {
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map(percent);
  return low === high ? low : `${low} to ${high}`;
}

import type { Engine } from '../engine/engine.js';
import type { Dataset } from '../scenario/dataset/dataset.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type Draw, drawHere, drawInWorkers, ratioInWorkers } from './draw.js';
import type { WebWorkers } from './messages.js';
import { type Distribution, distributionOf, type Outcome, simulateShown } from './outcome.js';
import { type ComparedSide, planRatio } from './paired-ratio.js';
import { scenarioFromData } from './scenario-from-data.js';

/** Samples of the first figure, drawn on the page's own thread: a few milliseconds. */
const PREVIEW_SAMPLES = 30_000;

/** How long a dragged slider rests before the workers take the machine: longer than between two frames of a screen. */
const REST_MS = 40;

export type SideName = 'a' | 'b';

/** What a side is to show. */
export interface Wanted {
  /** A scenario file's data. */
  readonly scenario: object;
  readonly subject: string;
  readonly samples: number;
}

/** Who is told of results, as they come. */
export interface Audience {
  outcome(side: SideName, outcome: Outcome, samples: number): void;
  ratio(ratio: Distribution, samples: number): void;
  problem(side: SideName, message: string): void;
}

/** Where samples are drawn. */
export interface Setting {
  readonly dataset: Dataset;
  readonly engine: Engine;
  /** Opens the workers, when all samples are first asked for: the first figure has the machine to itself. */
  workers(): WebWorkers;
}

/** One side as it stands; `whole` once all its samples are drawn. */
interface Side extends Pick<Wanted, 'subject' | 'samples'> {
  readonly scenario: Promise<ResolvedScenario>;
  whole?: Outcome;
}

/** Two scenarios side by side, drawn anew at every change: a coarse figure at once, then all samples, then their ratio. */
export class WhatIf {
  readonly #setting: Setting;
  readonly #audience: Audience;
  readonly #here: Draw;
  readonly #sides = new Map<SideName, Side>();
  #latest = new AbortController();
  #drawing = false;
  #threads: { readonly workers: WebWorkers; readonly draw: Draw } | undefined;

  constructor(setting: Setting, audience: Audience) {
    this.#setting = setting;
    this.#audience = audience;
    this.#here = drawHere(setting.engine);
  }

  /** Draws what has changed; what was under way for the state before ends. */
  async change(changed: Readonly<Partial<Record<SideName, Wanted>>>): Promise<void> {
    const { signal, dragged } = this.#supersede();
    const names = Object.keys(changed) as SideName[];
    for (const name of names) this.#sides.set(name, this.#sideOf(changed[name]!));
    await this.#each(names, signal, (name, side) => this.#preview(name, side, signal));
    if (dragged) await new Promise((resolve) => setTimeout(resolve, REST_MS));
    await this.#each(this.#sides.keys(), signal, (name, side) => this.#finish(name, side, signal));
    if (!signal.aborted) this.#drawing = false;
    await this.#each(['b'], signal, () => this.#compare(signal));
  }

  /** Ends what is under way; where something is, a slider is being dragged. */
  #supersede() {
    const dragged = this.#drawing;
    this.#drawing = true;
    this.#latest.abort();
    this.#latest = new AbortController();
    return { signal: this.#latest.signal, dragged };
  }

  #sideOf({ subject, samples, scenario }: Wanted): Side {
    return { subject, samples, scenario: scenarioFromData(scenario, this.#setting.dataset) };
  }

  /** A coarse figure, or the whole one where that takes no more. */
  async #preview(name: SideName, side: Side, signal: AbortSignal): Promise<void> {
    const { subject } = side;
    const samples = Math.min(side.samples, PREVIEW_SAMPLES);
    const outcome = await simulateShown(this.#here, { ...(await side.scenario), samples }, subject, signal);
    signal.throwIfAborted();
    if (samples === side.samples) side.whole = outcome;
    this.#audience.outcome(name, outcome, samples);
  }

  async #finish(name: SideName, side: Side, signal: AbortSignal): Promise<void> {
    const { subject, samples, whole } = side;
    if (whole) return;
    const outcome = await simulateShown(this.#open().draw, { ...(await side.scenario), samples }, subject, signal);
    signal.throwIfAborted();
    side.whole = outcome;
    this.#audience.outcome(name, outcome, samples);
  }

  async #compare(signal: AbortSignal): Promise<void> {
    const [a, b] = (['a', 'b'] as const).map((name) => this.#sides.get(name));
    if (!a?.whole || !b?.whole) return;
    const samples = Math.min(a.samples, b.samples);
    const ratio = planRatio(await compared(a), await compared(b), samples);
    const counted = await ratioInWorkers(this.#open().workers, this.#setting.engine, ratio, signal);
    this.#audience.ratio(distributionOf(counted), samples);
  }

  #open() {
    if (this.#threads) return this.#threads;
    const workers = this.#setting.workers();
    this.#threads = { workers, draw: drawInWorkers(workers, this.#setting.engine) };
    return this.#threads;
  }

  /** One side after the other; what is wrong with one is told there, unless it is no longer wanted. */
  async #each(
    names: Iterable<SideName>,
    signal: AbortSignal,
    step: (name: SideName, side: Side) => Promise<void>,
  ): Promise<void> {
    for (const name of names) {
      try {
        if (!signal.aborted) await step(name, this.#sides.get(name)!);
      } catch (error) {
        if (!signal.aborted) this.#audience.problem(name, error instanceof Error ? error.message : String(error));
      }
    }
  }
}

async function compared({ scenario, whole }: Side): Promise<ComparedSide> {
  return { scenario: await scenario, members: whole?.members ?? [] };
}

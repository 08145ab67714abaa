import type { Engine } from '../engine/engine.js';
import { LawMemory } from '../kernel/integration/law-memory.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { DRAWN_BESIDE } from './choice.js';
import { type Draw, drawHere, drawInWorkers, ratioInWorkers } from './draw.js';
import { integrateShown } from './integrated-outcome.js';
import type { WebWorkers } from './messages.js';
import {
  type Distribution,
  distributionOf,
  type Outcome,
  type ShownPart,
  shownPart,
  simulateShown,
} from './outcome.js';
import { type ComparedSide, planRatio } from './paired-ratio.js';

/** Samples of the first figure where something must be drawn, on the page's own thread: a few milliseconds. */
const PREVIEW_SAMPLES = 30_000;

/** How long a dragged slider rests before the workers take the machine: longer than between two frames of a screen. */
const REST_MS = 40;

/** Integrals after which laws that sliders left behind are let go: each takes some 100 kB. */
const MOST_REMEMBERED = 256;

export type SideName = 'a' | 'b';

/** What a side is to show. */
export interface Wanted {
  /** With the moved settings in place. */
  readonly scenario: ResolvedScenario;
  readonly regime: string;
  readonly subject: string;
  /** 0 to integrate. */
  readonly samples: number;
}

/** Who is told of results, as they come. */
export interface Audience {
  /** @param whole whether no better figure of the same is on its way */
  outcome(side: SideName, outcome: Outcome, whole: boolean): void;
  ratio(ratio: Distribution, samples: number): void;
  problem(side: SideName, message: string): void;
  /** Nothing more is on its way. */
  settled(): void;
}

/** Where samples are drawn. */
export interface Setting {
  readonly engine: Engine;
  /** Opens the workers, when all samples are first asked for: the first figure has the machine to itself. */
  workers(): WebWorkers;
}

/** One side as it stands; `whole` once all its samples are drawn. */
interface Side {
  readonly part: ShownPart;
  readonly samples: number;
  whole?: Outcome;
}

/** Two scenarios side by side, at every change: a figure at once, integrated or coarse; then all samples; then their ratio. */
export class WhatIf {
  readonly #setting: Setting;
  readonly #audience: Audience;
  readonly #here: Draw;
  readonly #sides = new Map<SideName, Side>();
  #latest = new AbortController();
  #drawing = false;
  #memory = { laws: new LawMemory(), used: 0 };
  #threads: { readonly workers: WebWorkers; readonly draw: Draw } | undefined;

  constructor(setting: Setting, audience: Audience) {
    this.#setting = setting;
    this.#audience = audience;
    this.#here = drawHere(setting.engine);
  }

  /** Draws what has changed; what was under way for the state before ends. */
  async change(changed: Readonly<Partial<Record<SideName, Wanted>>>): Promise<void> {
    const { signal, dragged } = this.#supersede();
    const names = (['a', 'b'] as const).filter((name) => changed[name]);
    for (const name of names) this.#take(name, changed[name]!);
    await this.#each(names, signal, (name, side) => this.#preview(name, side, signal));
    if (dragged) await new Promise((resolve) => setTimeout(resolve, REST_MS));
    await this.#each(this.#sides.keys(), signal, (name, side) => this.#finish(name, side, signal));
    if (!signal.aborted) this.#drawing = false;
    await this.#each(['b'], signal, () => this.#compare(signal));
    if (!signal.aborted) this.#audience.settled();
  }

  /** Ends what is under way; where something is, a slider is being dragged. */
  #supersede() {
    const dragged = this.#drawing;
    this.#drawing = true;
    this.#latest.abort();
    this.#latest = new AbortController();
    return { signal: this.#latest.signal, dragged };
  }

  #take(name: SideName, { scenario, regime, subject, samples }: Wanted): void {
    this.#sides.set(name, { part: shownPart(scenario, regime, subject), samples });
  }

  /** By integrals where that is possible; else a coarse figure, or the whole one where that takes no more. */
  async #preview(name: SideName, side: Side, signal: AbortSignal): Promise<void> {
    const integrated = await integrateShown(side.part, this.#laws());
    signal.throwIfAborted();
    if (integrated) return this.#tell(name, side, integrated, side.samples === 0);
    const wanted = side.samples || DRAWN_BESIDE;
    const samples = Math.min(wanted, PREVIEW_SAMPLES);
    const outcome = await simulateShown(this.#here, withSamples(side.part, samples), signal);
    signal.throwIfAborted();
    this.#tell(name, side, outcome, samples === wanted);
  }

  async #finish(name: SideName, side: Side, signal: AbortSignal): Promise<void> {
    if (side.whole) return;
    const samples = side.samples || DRAWN_BESIDE;
    const outcome = await simulateShown(this.#open().draw, withSamples(side.part, samples), signal);
    signal.throwIfAborted();
    this.#tell(name, side, outcome, true);
  }

  #tell(name: SideName, side: Side, outcome: Outcome, whole: boolean): void {
    if (whole) side.whole = outcome;
    this.#audience.outcome(name, outcome, whole);
  }

  #laws(): LawMemory {
    if (this.#memory.used++ >= MOST_REMEMBERED) this.#memory = { laws: new LawMemory(), used: 0 };
    return this.#memory.laws;
  }

  async #compare(signal: AbortSignal): Promise<void> {
    const [a, b] = (['a', 'b'] as const).map((name) => this.#sides.get(name));
    if (!a?.whole || !b?.whole) return;
    const samples = Math.min(a.samples || DRAWN_BESIDE, b.samples || DRAWN_BESIDE);
    const ratio = planRatio(compared(a), compared(b), samples);
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

function withSamples({ scenario, ...part }: ShownPart, samples: number): ShownPart {
  return { ...part, scenario: { ...scenario, samples } };
}

function compared({ part, whole }: Side): ComparedSide {
  return { scenario: part.scenario, members: whole?.members ?? [] };
}

import type { EngineHandle } from '../engine/engine.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { WholeRequest } from './messages.js';
import type { SideName } from './what-if.js';
import type { WholeReply, WholeSide } from './whole-run.js';

/** How long the page rests before it runs the whole of what it shows. */
const REST_MS = 400;

/** A worker's script and engine, and who is told. */
export interface BackgroundSetting {
  readonly script: string;
  readonly engine: EngineHandle;
  told(side: SideName, whole: WholeSide): void;
  problem(side: SideName, message: string): void;
}

/** Runs what the page shows whole, in a worker of its own that ends when something else is wanted. */
export class Background {
  readonly #setting: BackgroundSetting;
  /** What each side last came to, by the scenario it was of. */
  readonly #known = new Map<SideName, { readonly text: string; readonly whole: WholeSide }>();
  #worker: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(setting: BackgroundSetting) {
    this.#setting = setting;
  }

  /** Ends what runs: what it would tell is of settings that have been left. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Runs both sides once the page rests; what is known of a scenario is told at once. */
  want(scenarios: Readonly<Record<SideName, ResolvedScenario>>): void {
    this.stop();
    const left = (['a', 'b'] as const).filter((side) => !this.#tellKnown(side, scenarios[side]));
    if (left.length === 0) return;
    this.#timer = setTimeout(() => this.#run(left, scenarios), REST_MS);
  }

  #tellKnown(side: SideName, scenario: ResolvedScenario): boolean {
    const text = JSON.stringify(scenario);
    const known = [...this.#known.values()].find((one) => one.text === text);
    if (known === undefined) return false;
    this.#known.set(side, known);
    this.#setting.told(side, known.whole);
    return known.whole.uncertainty !== undefined || !known.whole.worldsFollow;
  }

  #run(sides: readonly SideName[], scenarios: Readonly<Record<SideName, ResolvedScenario>>): void {
    const worker = new Worker(this.#setting.script);
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<WholeReply>) => {
      const side = sides[data.of];
      if ('problem' in data) this.#setting.problem(side, data.problem);
      else this.#keep(side, scenarios[side], data);
    };
    const whole = sides.map((side) => scenarios[side]);
    worker.postMessage({ whole, engine: this.#setting.engine } satisfies WholeRequest);
  }

  #keep(side: SideName, scenario: ResolvedScenario, data: Exclude<WholeReply, { problem: string }>): void {
    const before = this.#known.get(side);
    const run = 'run' in data ? data : before?.whole;
    if (run === undefined) return;
    const { run: rows, worldsFollow } = run;
    const whole = { run: rows, worldsFollow, ...('uncertainty' in data && { uncertainty: data.uncertainty }) };
    this.#known.set(side, { text: JSON.stringify(scenario), whole });
    this.#setting.told(side, whole);
  }
}

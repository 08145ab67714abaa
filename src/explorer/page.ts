import type { Engine } from '../engine/engine.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type AddressKeeper, addressKeeper } from './address.js';
import { Background } from './background.js';
import { type Change, changedState, fitting } from './changes.js';
import { type Choice, DRAWN_BESIDE, exploredIn, type PageState, secondSide } from './choice.js';
import { controlsOf } from './controls.js';
import { element, make, say } from './dom.js';
import { type Explored, explored } from './explored.js';
import { changedSince, fromFragment, toFragment } from './link.js';
import type { Opened, PageData } from './opened.js';
import { type Outcome, whyNone } from './outcome.js';
import { altered, type Replacement } from './replacement.js';
import { type Results, showOutcome, showProblem, showRatio, showResults, widthsNow } from './show.js';
import { sideNames } from './side-names.js';
import { TakeAway } from './take-away.js';
import { openWebWorkers } from './web-workers.js';
import { type Audience, type SideName, type Wanted, WhatIf } from './what-if.js';
import type { RunSide } from './whole-rows.js';
import type { WholeSide } from './whole-run.js';
import { WholeView } from './whole-view.js';

/** More threads than this gain nothing: what they count has to be merged by one. */
const MOST_WORKERS = 4;

/** What the page is made with beside its data. */
export interface PageParts {
  readonly data: PageData;
  readonly engine: Engine;
  /** Address of the script that its workers run. */
  readonly script: string;
}

/** The page: settings of two sides, what they come to, and what of it can be taken along. */
export class Page {
  readonly #parts: PageParts;
  readonly #all: Map<string, Explored>;
  readonly #whatIf: WhatIf;
  readonly #background: Background;
  readonly #view = new WholeView();
  readonly #address: AddressKeeper;
  readonly #takeAway: TakeAway;
  readonly #outcomes: Partial<Record<SideName, Outcome>> = {};
  readonly #wholes: Partial<Record<SideName, WholeSide>> = {};
  /** What each side was computed of last, as text. */
  readonly #computed: Partial<Record<SideName, string>> = {};
  #widths: Results['widths'];
  #ratio: Results['ratio'];
  #state: PageState;
  #side: SideName = 'a';
  #isUnfolded = false;

  constructor(parts: PageParts, all: ReadonlyMap<string, Explored>) {
    this.#parts = parts;
    this.#all = new Map(all);
    this.#widths = widthsNow();
    this.#state = fitting(fromFragment(location.hash, this.#beginning()), this.#all);
    const workers = () => openWebWorkers(parts.script, Math.min(MOST_WORKERS, navigator.hardwareConcurrency));
    this.#whatIf = new WhatIf({ engine: parts.engine, workers }, this.#audience());
    this.#background = new Background({
      script: parts.script,
      engine: parts.engine.handle,
      told: (side, whole) => this.#toldWhole(side, whole),
      problem: showProblem,
    });
    this.#address = addressKeeper(() => toFragment(this.#state, (name) => this.#hashOf(name) ?? ''));
    this.#takeAway = new TakeAway({
      sides: () => this.#runSides(),
      side: (name) => this.#saved(name),
      results: () => this.#results(),
      link: () => this.#address.flush(),
    });
  }

  /** Shows all, and listens to whoever looks at it. */
  async start(): Promise<void> {
    for (const side of ['a', 'b'] as const) {
      element(`${side}-tab`).addEventListener('click', () => this.#showSide(side));
    }
    this.#takeAway.listen();
    window.addEventListener('resize', () => this.#redraw());
    window.addEventListener('hashchange', () => this.#goTo(location.hash));
    say('version', `tokenjoule ${this.#parts.data.version}`);
    this.#noteChanged();
    this.#controls();
    this.#measure();
    await this.#compute();
  }

  /** Takes scenarios up and shows the first of them. @throws RangeError where there is none */
  async open(opened: readonly Opened[]): Promise<void> {
    for (const one of opened) this.#all.set(one.name, await explored(one));
    const [{ name }] = opened;
    this.#set(
      fitting({ ...this.#state, a: { ...this.#state.a, scenario: name, values: {} }, b: { values: {} } }, this.#all),
    );
  }

  /** What a page shows that no link says anything of: its first scenario, beside its second one or at a better PUE. */
  #beginning(): PageState {
    const { scenarios, compared } = this.#parts.data;
    const a: Choice = { scenario: scenarios[0].name, regime: '', subject: '', values: {} };
    if (compared) return { samples: 0, a, b: { scenario: scenarios[1].name, values: {} } };
    const pue = exploredIn(this.#all, a.scenario).settings.find(({ key }) => key === 'pue');
    return { samples: 0, a, b: { values: pue ? { pue: BETTER_PUE } : {} } };
  }

  #audience(): Audience {
    return {
      outcome: (side, outcome, whole) => {
        this.#outcomes[side] = outcome;
        showProblem(side, whyNone(outcome));
        const wanted = whole ? undefined : this.#state.samples || DRAWN_BESIDE;
        showOutcome(side, this.#names()[side === 'a' ? 0 : 1], outcome, wanted);
        showResults(this.#results());
      },
      ratio: (ratio, samples) => {
        this.#ratio = ratio;
        showResults(this.#results());
        showRatio(this.#results(), samples);
      },
      problem: showProblem,
      settled: () => this.#background.want({ a: this.#scenario('a'), b: this.#scenario('b') }),
    };
  }

  #toldWhole(side: SideName, whole: WholeSide): void {
    this.#wholes[side] = whole;
    const sides = this.#runSides();
    if (sides.length > 0) this.#view.show(sides);
  }

  #runSides(): RunSide[] {
    const names = this.#names();
    const shown = names[0] === names[1] ? (['a'] as const) : (['a', 'b'] as const);
    return shown.flatMap((side) => {
      const whole = this.#wholes[side];
      const name = names[side === 'a' ? 0 : 1];
      return whole ? [{ name, choice: this.#choice(side), scenario: this.#scenario(side), whole }] : [];
    });
  }

  #choice(side: SideName): Choice {
    return side === 'a' ? this.#state.a : secondSide(this.#state);
  }

  #explored(side: SideName): Explored {
    return exploredIn(this.#all, this.#choice(side).scenario);
  }

  #hashOf(scenario: string): string | undefined {
    return this.#all.get(scenario)?.opened.hash;
  }

  #replacements(side: SideName): Replacement[] {
    const { regime, values } = this.#choice(side);
    return this.#explored(side).settings.flatMap(({ key, replacements }) =>
      Object.hasOwn(values, key) ? replacements(regime, values[key]) : [],
    );
  }

  /** The scenario of a side as it is run whole. */
  #scenario(side: SideName): ResolvedScenario {
    const { precision: _, sampler, ...plain } = altered(this.#explored(side).opened.scenario, this.#replacements(side));
    const drawn = sampler === 'exact' || sampler === 'auto' ? {} : { ...(sampler && { sampler }) };
    const samples = Math.min(MOST_WHOLE, this.#state.samples || DRAWN_BESIDE);
    return { ...plain, samples, ...(this.#state.samples === 0 ? { sampler: 'auto' as const } : drawn) };
  }

  #wanted(side: SideName): Wanted {
    const { regime, subject } = this.#choice(side);
    return { scenario: this.#scenario(side), regime, subject, samples: this.#state.samples };
  }

  #names(): readonly [a: string, b: string] {
    const side = (name: SideName) => ({ choice: this.#choice(name), explored: this.#explored(name) });
    return sideNames(side('a'), side('b'));
  }

  #results(): Results {
    const { scenario, regime, subject } = this.#state.a;
    const foot = `${scenario}, ${regime}, ${subject} · boundary facility · tokenjoule ${this.#parts.data.version}, seed ${this.#explored('a').opened.scenario.seed}, ${this.#hashOf(scenario)?.slice(0, 8)}`;
    return { names: this.#names(), outcomes: this.#outcomes, ratio: this.#ratio, foot, widths: this.#widths };
  }

  #saved(side: SideName) {
    const name = this.#names()[side === 'a' ? 0 : 1];
    const { opened } = this.#explored(side);
    return { name, opened, samples: this.#state.samples, replacements: this.#replacements(side) };
  }

  #changed(change: Change): void {
    const before = this.#state;
    const state = changedState(before, this.#side, change, this.#all);
    const isDragged = change.kind === 'value' && change.value !== undefined && this.#hasMoved(change.key);
    this.#set(state, isDragged);
  }

  /** Whether a slider shows already that it is moved: its controls then stay as they are, and keep the focus. */
  #hasMoved(key: string): boolean {
    return Object.hasOwn(this.#side === 'a' ? this.#state.a.values : this.#state.b.values, key);
  }

  #set(state: PageState, keepControls = false): void {
    this.#state = state;
    this.#ratio = undefined;
    this.#background.stop();
    this.#view.wait();
    if (!keepControls) this.#controls();
    else this.#tabs();
    this.#address.changed();
    this.#compute();
  }

  /** Computes the sides that are set to something else than before: the second follows the first where it does not differ. */
  async #compute(): Promise<void> {
    const changed = (['a', 'b'] as const).filter((side) => {
      const text = JSON.stringify([this.#choice(side), this.#state.samples]);
      const isNew = this.#computed[side] !== text;
      this.#computed[side] = text;
      return isNew;
    });
    await this.#whatIf.change(Object.fromEntries(changed.map((side) => [side, this.#wanted(side)])));
  }

  #goTo(fragment: string): void {
    const state = fitting(fromFragment(fragment, this.#state), this.#all);
    this.#noteChanged();
    if (JSON.stringify(state) !== JSON.stringify(this.#state)) this.#set(state);
  }

  #showSide(side: SideName): void {
    this.#side = side;
    this.#controls();
  }

  #controls(): void {
    const focused = document.activeElement?.getAttribute('name') ?? document.activeElement?.id;
    const form = element('controls');
    const folded = form.querySelector('details');
    if (folded) this.#isUnfolded = folded.open;
    const shown = { state: this.#state, side: this.#side, all: this.#all };
    form.replaceChildren(...controlsOf(shown, this.#isUnfolded, (change) => this.#changed(change)));
    // Who moves a slider by the keyboard stays at it.
    if (focused) form.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"], #${CSS.escape(focused)}`)?.focus();
    this.#tabs();
    this.#describe();
  }

  #tabs(): void {
    const names = this.#names();
    const isAlike = names[0] === names[1];
    for (const side of ['a', 'b'] as const) {
      const tab = element(`${side}-tab`);
      tab.textContent = isAlike && side === 'b' ? '+ beside it: change something' : names[side === 'a' ? 0 : 1];
      tab.setAttribute('aria-pressed', `${side === this.#side}`);
    }
    const help = this.#side === 'a' ? 'These are the settings of the first side.' : SECOND_HELP;
    say('side-help', help);
    this.#takeAway.name(names);
  }

  #describe(): void {
    this.#takeAway.offerTables();
    const { opened, undone } = this.#explored('a');
    say('described', opened.scenario.description);
    element('undone').replaceChildren(...undone.map((sentence) => make('li', {}, sentence)));
  }

  #noteChanged(): void {
    const changed = changedSince(location.hash, (name) => this.#hashOf(name));
    const note = element('link-note');
    note.hidden = changed.length === 0;
    note.textContent = `${changed.join(' and ')}: the scenario has changed since this link was made, so its numbers may differ.`;
  }

  #measure(): void {
    this.#widths = widthsNow();
  }

  #redraw(): void {
    this.#measure();
    if (this.#outcomes.a) showResults(this.#results());
    if (this.#ratio) showRatio(this.#results(), this.#state.samples || DRAWN_BESIDE);
  }
}

/** The PUE of the second side where nobody says anything else: a good new site's. */
const BETTER_PUE = 1.1;

/** Draws of a whole run in the background at most: seconds of a core. */
const MOST_WHOLE = 200_000;

const SECOND_HELP = 'The second side has the settings of the first; what you move here is where it differs.';

import { DRAWN_BESIDE } from './choice.js';
import { element, say } from './dom.js';
import type { Opened } from './opened.js';
import { pngOf, standalone } from './pictures.js';
import type { Replacement } from './replacement.js';
import { csvOf, saveAs } from './save.js';
import { figureOf, type Results } from './show.js';
import { fileNameOf } from './side-names.js';
import type { SideName } from './what-if.js';
import type { RunSide } from './whole-rows.js';

/** A side as a file: its scenario with what is moved in it. */
export interface SavedSide {
  readonly name: string;
  readonly opened: Opened;
  readonly samples: number;
  readonly replacements: readonly Replacement[];
}

/** Where what is taken away comes from. */
export interface TakeAwaySource {
  sides(): readonly RunSide[];
  side(name: SideName): SavedSide;
  results(): Results;
  link(): string;
}

/** Width of a saved figure: a column of a paper, half a slide. */
const FIGURE_WIDTH = 720;

/** The buttons that share and save, each file under its own name. */
export class TakeAway {
  readonly #source: TakeAwaySource;

  constructor(source: TakeAwaySource) {
    this.#source = source;
  }

  listen(): void {
    const on = (id: string, act: () => Promise<string>) =>
      element(id).addEventListener('click', () => {
        act().then(
          (said) => say('said', said),
          (error: Error) => say('said', `That did not work: ${error.message}`),
        );
      });
    on('share', () => this.#share());
    on('save-csv', () => this.#csv());
    on('save-svg', () => this.#figure('svg'));
    on('save-png', () => this.#figure('png'));
    on('a-save', () => this.#scenario('a'));
    on('b-save', () => this.#scenario('b'));
  }

  /** Names the buttons and the command after the sides. */
  name(names: readonly [string, string]): void {
    const isAlike = names[0] === names[1];
    for (const side of ['a', 'b'] as const) {
      const button = element<HTMLButtonElement>(`${side}-save`);
      button.textContent = `Scenario “${names[side === 'a' ? 0 : 1]}” (YAML)`;
      button.disabled = this.#source.side(side).opened.text === undefined;
      button.hidden = isAlike && side === 'b';
    }
    const files = [this.#fileOf('a', 'yaml'), ...(isAlike ? [] : [this.#fileOf('b', 'yaml')])];
    say('command', `${files.length > 1 ? 'tokenjoule compare' : 'tokenjoule run'} ${files.join(' ')}`);
  }

  async #share(): Promise<string> {
    const url = this.#source.link();
    if (typeof navigator.share === 'function' && matchMedia('(pointer: coarse)').matches) {
      await navigator.share({ title: document.title, url });
      return 'Shared.';
    }
    await navigator.clipboard.writeText(url);
    const local = /^(file:|https?:\/\/(127\.|localhost))/.test(url);
    return local ? 'Link copied. It opens this page on this machine alone: send the page along.' : 'Link copied.';
  }

  async #csv(): Promise<string> {
    const sides = this.#source.sides();
    if (sides.length === 0) throw new Error('the whole run is not done yet; wait a moment');
    return this.#save(this.#fileOfBoth('csv'), new Blob([csvOf(sides)], { type: 'text/csv' }));
  }

  async #figure(format: 'svg' | 'png'): Promise<string> {
    const svg = figureOf(this.#source.results(), FIGURE_WIDTH, true);
    const content = format === 'png' ? await pngOf(svg) : new Blob([standalone(svg)], { type: 'image/svg+xml' });
    return this.#save(this.#fileOfBoth(format), content);
  }

  async #scenario(side: SideName): Promise<string> {
    const { name, opened, samples, replacements } = this.#source.side(side);
    if (opened.text === undefined) throw new Error('the page does not have the scenario’s file');
    const { scenarioText } = await import('./scenario-text.js');
    const tables = Object.keys(opened.datasets);
    const beside = tables.length > 0 ? ` Keep it where it finds ${tables.join(', ')}.` : '';
    const saved = {
      ...{ samples, replacements, scenario: opened.scenario },
      name: `explored-${opened.scenario.name}`,
      comment: `From tokenjoule's explorer: ${opened.name}, ${name}.${beside}`,
    };
    const text = scenarioText(opened.text, saved, DRAWN_BESIDE);
    return this.#save(this.#fileOf(side, 'yaml'), new Blob([text], { type: 'application/yaml' }));
  }

  #save(name: string, content: Blob): string {
    saveAs(name, content);
    return `Saved as ${name}.`;
  }

  #fileOf(side: SideName, ending: string): string {
    const { name, opened } = this.#source.side(side);
    return `${fileNameOf(opened.name)}_${fileNameOf(name)}.${ending}`;
  }

  #fileOfBoth(ending: string): string {
    const [a, b] = this.#source.results().names.map(fileNameOf);
    const { opened } = this.#source.side('a');
    return `${fileNameOf(opened.name)}_${a === b ? a : `${a}_vs_${b}`}.${ending}`;
  }

  /** Offers the tables that saved scenarios need beside them. */
  offerTables(): void {
    const tables = new Map(
      (['a', 'b'] as const).flatMap((side) => Object.entries(this.#source.side(side).opened.datasets)),
    );
    const buttons = [...tables].map(([name, text]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `Table ${name}`;
      const file = name.split('/').at(-1) ?? name;
      button.addEventListener('click', () => say('said', this.#save(file, new Blob([text], { type: 'text/csv' }))));
      return button;
    });
    element('data-files').replaceChildren(...buttons);
  }
}

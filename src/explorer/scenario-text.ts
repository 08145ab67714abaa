import { type Document, parseDocument } from 'yaml';
import { type Choice, QUANTITIES, type Quantity } from './state.js';

/** What a preset offers to choose from, and its own values. */
export interface Preset {
  readonly description: string;
  readonly regimes: readonly string[];
  readonly models: readonly string[];
  readonly blends: readonly string[];
  /** The middle of a quantity in a regime; undefined where it is not for a slider, as coupled utilisation. */
  middleOf(quantity: Quantity, regime: string): number | undefined;
}

/** A preset from the text of its scenario file. */
export function presetOf(text: string): Preset {
  const document = parseDocument(text);
  const names = (key: string) => Object.keys((document.toJS()[key] ?? {}) as object);
  return {
    description: String(document.get('description')),
    regimes: names('regimes'),
    models: names('models'),
    blends: names('blends'),
    middleOf: (quantity, regime) => middle(writtenOf(document, quantity, regime)),
  };
}

/** Sections that belong to a comparison with the paper, not to a what-if. */
const LEFT_OUT = ['fleet', 'published', 'non_production', 'pathways'];

/**
 * The scenario file that one side of the page stands for: the preset's, with its comments, cut down to one regime and one
 * subject, and with the chosen values in place. The page runs this very text, and so does the command line.
 */
export function scenarioText(presetText: string, choice: Choice): string {
  const document = parseDocument(presetText);
  const { regime, subject, samples, quantities } = choice;
  const preset = presetOf(presetText);
  document.set('name', `explored-${document.get('name')}`);
  document.set('samples', samples);
  document.commentBefore = ` From tokenjoule's explorer: ${choice.preset}, ${regime}, ${subject}. Keep it beside data/throughput-oviedo.csv.`;
  for (const section of LEFT_OUT) document.delete(section);
  for (const other of preset.regimes.filter((name) => name !== regime)) document.deleteIn(['regimes', other]);
  if (preset.models.includes(subject)) {
    document.delete('blends');
    for (const other of preset.models.filter((name) => name !== subject)) document.deleteIn(['models', other]);
  }
  for (const quantity of QUANTITIES) {
    const value = quantities[quantity];
    if (value !== undefined) setQuantity(document, quantity, regime, value);
  }
  return document.toString({ lineWidth: 0 });
}

function setQuantity(document: Document, quantity: Quantity, regime: string, value: number): void {
  const written = writtenOf(document, quantity, regime);
  const factor = value / (middle(written) ?? Number.NaN);
  if (quantity === 'node_power_kw') scaleNodePower(document, value, factor);
  else if (middle(written) !== undefined)
    document.setIn(['regimes', regime, quantity], document.createNode(withMiddle(written, value)));
}

/** Models with a node of their own keep its ratio to the others'. */
function scaleNodePower(document: Document, value: number, factor: number): void {
  document.set('node_power_kw', value);
  const models = document.toJS().models as Readonly<Record<string, { node_power_kw?: number } | null>>;
  for (const [name, model] of Object.entries(models)) {
    if (typeof model?.node_power_kw === 'number') {
      document.setIn(['models', name, 'node_power_kw'], rounded(model.node_power_kw * factor));
    }
  }
}

function writtenOf(document: Document, quantity: Quantity, regime: string): unknown {
  const written = document.toJS();
  return written.regimes?.[regime]?.[quantity] ?? written[quantity] ?? undefined;
}

/** The forms that presets use: a number, a lognormal by P5 and P95 (its middle is their geometric mean), an exponential. */
interface Written {
  readonly lognormal?: { readonly p5: number; readonly p95: number };
  readonly exponential?: { readonly median: number };
}

function middle(written: unknown): number | undefined {
  if (typeof written === 'number') return written;
  const { lognormal, exponential } = (written ?? {}) as Written;
  if (lognormal) return rounded(Math.sqrt(lognormal.p5 * lognormal.p95));
  return exponential?.median;
}

/** The same spread around another middle. */
function withMiddle(written: unknown, value: number): unknown {
  const { lognormal, exponential } = written as Written;
  if (exponential) return { exponential: { median: value } };
  if (!lognormal) return value;
  const factor = value / Math.sqrt(lognormal.p5 * lognormal.p95);
  return { lognormal: { p5: rounded(lognormal.p5 * factor), p95: rounded(lognormal.p95 * factor) } };
}

/** Five digits: what a person would write. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

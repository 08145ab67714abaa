import { type Document, isCollection, parseDocument } from 'yaml';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type Edit, editsOf, type Replacement } from './replacement.js';

// Late, for a download alone: the page makes the same replacements in the resolved scenario, and needs no YAML to draw.

/** What a saved file says beside the scenario's own text. */
export interface SavedScenario {
  readonly name: string;
  /** 0 to integrate: what must be drawn all the same is as often as the page draws it. */
  readonly samples: number;
  /** First line, a comment. */
  readonly comment: string;
  readonly scenario: ResolvedScenario;
  readonly replacements: readonly Replacement[];
}

/**
 * The scenario file that one side of the page stands for: the whole file's text, with its comments, and the moved values in place. The
 * command line runs it to the same bits as the page.
 *
 * @param drawn samples where none are asked for
 */
export function scenarioText(text: string, saved: SavedScenario, drawn: number): string {
  const document = parseDocument(text, { merge: true });
  const data: Readonly<Record<string, unknown>> = document.toJS();
  document.commentBefore = ` ${saved.comment}`;
  const edits: Edit[] = [
    { path: ['name'], value: saved.name },
    { path: ['samples'], value: saved.samples || drawn },
    ...samplerEdits(data.sampler, saved.samples),
    ...(data.precision === undefined ? [] : [{ path: ['precision'] }]),
    ...editsOf(data, saved.scenario, saved.replacements),
  ];
  for (const { path, ...change } of edits) {
    if (!('value' in change)) document.deleteIn(path);
    else setIn(document, path, change.value);
  }
  return document.toString({ lineWidth: 0 });
}

/** As the page drew it: integrated, or by the scenario's own points. */
function samplerEdits(sampler: unknown, samples: number): Edit[] {
  if (samples === 0) return [{ path: ['sampler'], value: 'auto' }];
  return sampler === 'exact' || sampler === 'auto' ? [{ path: ['sampler'] }] : [];
}

/** Puts a value where it stands; a section that is named and empty becomes one. */
function setIn(document: Document.Parsed, path: readonly string[], value: unknown): void {
  const section = path.slice(0, -1);
  if (section.length > 0 && !isCollection(document.getIn(section, true)))
    document.setIn(section, document.createNode({}));
  document.setIn(path, typeof value === 'object' ? document.createNode(value) : value);
}

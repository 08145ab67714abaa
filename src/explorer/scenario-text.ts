import { parseDocument } from 'yaml';
import { editsOf, type Preset } from './preset.js';
import type { Choice } from './state.js';

// Late, for a download alone: the page runs the same edits on plain data, and needs no YAML to draw.

/**
 * The scenario file that one side of the page stands for: the preset's text, with its comments, cut down to one regime and
 * one subject, and with the chosen values in place. The command line runs it to the same bits as the page.
 */
export function scenarioText(presetText: string, preset: Preset, choice: Choice): string {
  const document = parseDocument(presetText);
  const { preset: name, regime, subject } = choice;
  document.commentBefore = ` From tokenjoule's explorer: ${name}, ${regime}, ${subject}. Keep it beside data/throughput-oviedo.csv.`;
  for (const { path, ...change } of editsOf(preset, choice)) {
    if (!('value' in change)) document.deleteIn(path);
    else document.setIn(path, typeof change.value === 'object' ? document.createNode(change.value) : change.value);
  }
  return document.toString({ lineWidth: 0 });
}

import type { Preset } from './preset.js';
import type { Choice } from './state.js';

/** Saves one side's scenario as the file that the command line runs. @throws Error if the preset's file cannot be had */
export async function download(choice: Choice, preset: Preset): Promise<void> {
  const file = `${choice.preset}.yaml`;
  const [{ scenarioText }, response] = await Promise.all([import('./scenario-text.js'), fetch(file)]);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  const text = scenarioText(await response.text(), preset, choice);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = `explored-${choice.preset}.yaml`;
  link.click();
  URL.revokeObjectURL(link.href);
}

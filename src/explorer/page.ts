import { count, rangeText, significant } from '../format.js';
import { chartMarkup, type Drawn } from './chart.js';
import { controls } from './controls.js';
import type { Answer, PresetsFile, Request, SideData } from './messages.js';
import type { Distribution, Outcome } from './outcome.js';
import { type Preset, presetOf, scenarioData } from './preset.js';
import { type Choice, fromFragment, toFragment } from './state.js';

/** The scenarios that come with tokenjoule; the files lie beside the page. */
const PRESETS = ['oviedo-2026', 'oviedo-2025', 'input-length', 'coupled-utilization', 'non-production'];

const DEFAULT: Choice = {
  preset: PRESETS[0],
  regime: 'traditional',
  subject: 'frontier',
  samples: 100_000,
  quantities: {},
};

type SideName = 'a' | 'b';

/** One side of the page as it stands. */
interface SideState {
  choice: Choice;
  outcome: Outcome | undefined;
  samples: number;
}

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Asks a worker; only answers to the newest question are heard. */
function engine(answered: (answer: Answer) => void): (request: NewRequest) => void {
  const worker = new Worker('engine.js', { type: 'module' });
  let newest = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.id === newest) answered(data);
  };
  return (request) => {
    newest++;
    worker.postMessage({ ...request, id: newest } as Request);
  };
}

type NewRequest = { kind: 'scenario'; side: SideData } | { kind: 'ratio'; a: SideData; b: SideData };

async function fetched(name: string): Promise<Response> {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

async function start(): Promise<void> {
  // First of all, so that the workers load and compile while the page does.
  const ask = { a: engine((answer) => heard('a', answer)), b: engine((answer) => heard('b', answer)) };
  const { scenarios, dataset }: PresetsFile = await (await fetched('presets.json')).json();
  const presets = new Map(PRESETS.map((name) => [name, presetOf(scenarios[name])]));
  const sides: Record<SideName, SideState> = { a: sideFrom('a'), b: sideFrom('b') };

  for (const name of ['a', 'b'] as const) {
    controls(element<HTMLFormElement>(`${name}-controls`), presets, sides[name].choice, (choice) => {
      sides[name].choice = choice;
      ask[name]({ kind: 'scenario', side: sideData(sides[name]) });
      element(`${name}-description`).textContent = presets.get(choice.preset)!.data.description;
      history.replaceState(null, '', `#${toFragment({ a: sides.a.choice, b: sides.b.choice })}`);
    });
    element(`${name}-download`).addEventListener('click', () => {
      const { choice } = sides[name];
      download(choice, presets.get(choice.preset)!).catch((error: Error) => showProblem(name, error.message));
    });
  }

  function heard(name: SideName, answer: Answer): void {
    showProblem(name, answer.kind === 'problem' ? answer.message : '');
    if (answer.kind === 'ratio') showRatio(answer.ratio, answer.samples);
    if (answer.kind !== 'scenario') return;
    Object.assign(sides[name], { outcome: answer.outcome, samples: answer.samples });
    showOutcome(name, answer.outcome, answer.samples, sides[name].choice.samples);
    showChart(sides);
    const whole = Object.values(sides).every(({ outcome, samples, choice }) => outcome && samples === choice.samples);
    // B's worker has nothing else to do then.
    if (whole) ask.b({ kind: 'ratio', a: sideData(sides.a), b: sideData(sides.b) });
  }

  function sideData({ choice, outcome }: SideState): SideData {
    const { preset, subject, samples } = choice;
    const scenario = scenarioData(presets.get(preset)!, choice);
    return { scenario, dataset, subject, samples, members: outcome?.members ?? [] };
  }
}

function sideFrom(name: SideName): SideState {
  const fallback = name === 'a' ? DEFAULT : { ...DEFAULT, quantities: { pue: 1.1 } };
  const given = location.hash.includes(`${name}.`) ? DEFAULT : fallback;
  return { choice: fromFragment(location.hash, name, given), outcome: undefined, samples: 0 };
}

function showProblem(name: SideName, message: string): void {
  element(`${name}-problem`).textContent = message;
}

function showOutcome(
  name: SideName,
  { energy: { statistics }, trimmed }: Outcome,
  samples: number,
  wanted: number,
): void {
  const { p25, p50, p75 } = statistics;
  const output = element(`${name}-result`);
  Object.assign(output.dataset, { p25: `${p25}`, p50: `${p50}`, p75: `${p75}`, samples: `${samples}` });
  element(`${name}-median`).textContent = `${significant(p50)} Wh`;
  element(`${name}-quartiles`).textContent = `half of the queries take ${rangeText(p25, p75)} Wh`;
  const trim = trimmed ? ', trimmed to P14–P86 as published' : '';
  const rest = samples < wanted ? ` of ${count(wanted)}` : '';
  element(`${name}-samples`).textContent = `${count(samples)}${rest} samples per model${trim}`;
}

function showChart({ a, b }: Record<SideName, SideState>): void {
  const drawn = [a, b].flatMap(({ outcome }, i): Drawn[] =>
    outcome ? [{ className: i === 0 ? 'a' : 'b', label: i === 0 ? 'A' : 'B', distribution: outcome.energy }] : [],
  );
  element('chart').innerHTML = chartMarkup(drawn, 'Wh per query');
}

function showRatio(ratio: Distribution, samples: number): void {
  const { p25, p50, p75 } = ratio.statistics;
  Object.assign(element('ratio').dataset, { p50: `${p50}`, samples: `${samples}` });
  const same = p25 === p75 ? '' : `, quartiles ${rangeText(p25, p75)}`;
  element('ratio-text').textContent = `B takes ${significant(p50)} times the energy of A${same}`;
  element('ratio-chart').innerHTML =
    p25 === p75 ? '' : chartMarkup([{ className: 'ratio', label: 'B over A', distribution: ratio }], 'times');
}

async function download(choice: Choice, preset: Preset): Promise<void> {
  const [{ scenarioText }, response] = await Promise.all([
    import('./scenario-text.js'),
    fetched(`${choice.preset}.yaml`),
  ]);
  const text = scenarioText(await response.text(), preset, choice);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = `explored-${choice.preset}.yaml`;
  link.click();
  URL.revokeObjectURL(link.href);
}

start().catch((error: Error) => {
  element('a-problem').textContent = `The page could not load its scenarios: ${error.message}`;
});

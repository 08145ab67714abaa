import type { Engine } from '../engine/engine.js';
import { loadEngine } from '../engine/load-engine.js';
import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import type { Dataset } from '../scenario/dataset/dataset.js';
import { addressKeeper } from './address.js';
import { controls } from './controls.js';
import { download } from './download.js';
import { type Outcome, whyNone } from './outcome.js';
import { type Preset, type PresetData, presetOf, scenarioData } from './preset.js';
import { element, showChart, showOutcome, showProblem, showRatio } from './show.js';
import { type Choice, fromFragment, toFragment } from './state.js';
import { openWebWorkers } from './web-workers.js';
import { type SideName, type Wanted, WhatIf } from './what-if.js';

/** What the page's build writes into it: the presets' scenarios and their dataset, parsed. */
interface Presets {
  readonly scenarios: Readonly<Record<string, PresetData>>;
  readonly dataset: Dataset;
}

/** The scenarios that come with tokenjoule; the files lie beside the page. */
const PRESETS = ['oviedo-2026', 'oviedo-2025', 'input-length', 'coupled-utilization', 'non-production'];

const SIDES = ['a', 'b'] as const;

const DEFAULT: Choice = {
  preset: PRESETS[0],
  regime: 'traditional',
  subject: 'frontier',
  samples: 100_000,
  quantities: {},
};

/** More threads than this gain nothing: what they count has to be merged by one. */
const MOST_WORKERS = 4;

async function start(): Promise<void> {
  const { scenarios, dataset }: Presets = JSON.parse(element('presets').textContent!);
  const presets = new Map(PRESETS.map((name) => [name, presetOf(scenarios[name])]));
  const choices = { a: choiceFrom('a'), b: choiceFrom('b') };
  const outcomes: Partial<Record<SideName, Outcome>> = {};

  const keepInAddress = addressKeeper(() => toFragment(choices));
  const whatIf = fetchEngine().then(
    (engine) =>
      new WhatIf(
        { dataset, engine, workers: () => openWebWorkers('engine.js', threads()) },
        { outcome, ratio: showRatio, problem: showProblem },
      ),
  );

  for (const name of SIDES) {
    const form = element<HTMLFormElement>(`${name}-controls`);
    choices[name] = controls(form, presets, choices[name], (choice) => {
      choices[name] = choice;
      describe(name);
      change(name);
      keepInAddress();
    });
    describe(name);
    element(`${name}-download`).addEventListener('click', () => {
      download(choices[name], presetOfSide(name)).catch((error: Error) => showProblem(name, error.message));
    });
  }
  await change(...SIDES);

  async function change(...names: readonly SideName[]): Promise<void> {
    await (await whatIf).change(Object.fromEntries(names.map((name) => [name, wanted(name)])));
  }

  function outcome(name: SideName, outcome: Outcome, samples: number): void {
    outcomes[name] = outcome;
    showProblem(name, whyNone(outcome));
    showOutcome(name, outcome, samples, choices[name].samples);
    showChart(outcomes);
  }

  function presetOfSide(name: SideName): Preset {
    return presets.get(choices[name].preset)!;
  }

  function wanted(name: SideName): Wanted {
    const { subject, samples } = choices[name];
    return { scenario: scenarioData(presetOfSide(name), choices[name]), subject, samples };
  }

  function describe(name: SideName): void {
    const { data, notesOn } = presetOfSide(name);
    element(`${name}-description`).textContent = [data.description, ...notesOn(choices[name])].join(' ');
  }
}

function choiceFrom(name: SideName): Choice {
  const fallback = name === 'a' ? DEFAULT : { ...DEFAULT, quantities: { pue: 1.1 } };
  const given = location.hash.includes(`${name}.`) ? DEFAULT : fallback;
  return fromFragment(location.hash, name, given);
}

/** The WebAssembly kernel beside the page; undefined where it cannot be fetched or run: the reference gives the same bits. */
async function fetchEngine(): Promise<Engine> {
  try {
    const response = await fetch('kernel.wasm');
    return response.ok ? await loadEngine(new Uint8Array(await response.arrayBuffer())) : REFERENCE_ENGINE;
  } catch {
    return REFERENCE_ENGINE;
  }
}

function threads(): number {
  return Math.min(MOST_WORKERS, navigator.hardwareConcurrency);
}

start().catch((error: Error) => showProblem('a', `The page could not start: ${error.message}`));

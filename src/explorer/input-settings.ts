import type { Distribution } from '../distributions/index.js';
import { INPUTS, type Input, inputsBy, type ModelInput, type RegimeInput } from '../model/quantities.js';
import { exactText } from '../plan/graph.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type Bounds, middleOf, movedTo, rounded } from './moved-distribution.js';
import { including, type Setting, type Unmoved } from './setting.js';

/** What a scenario states of its inputs: what can be moved, and what cannot. */
export interface InputSettings {
  readonly settings: readonly Setting[];
  readonly unmoved: readonly Unmoved[];
}

/** A distribution of an input, and its middle. */
interface Stated {
  readonly name: string;
  readonly distribution: Distribution;
  readonly own: number;
}

/** Settings of the inputs of queries and nodes, the most telling first. */
export async function inputSettings(scenario: ResolvedScenario): Promise<InputSettings> {
  const found = await Promise.all(
    inputsBy('page').map((input) =>
      isOfRegime(input) ? regimeSetting(scenario, input) : modelSetting(scenario, input),
    ),
  );
  return {
    settings: found.flatMap((one) => (one && 'key' in one ? [one] : [])),
    unmoved: found.flatMap((one) => (one && 'why' in one ? [one] : [])),
  };
}

function isOfRegime(input: Input): input is RegimeInput {
  return INPUTS[input].stated === 'regime';
}

async function regimeSetting(scenario: ResolvedScenario, input: RegimeInput): Promise<Setting | Unmoved | undefined> {
  const label = INPUTS[input].slider.label;
  // The cost of a request has that of its prompt in it.
  const isCosted = scenario.models.some(({ throughput }) => throughput.method === 'request-cost');
  if (input === 'prefill_weight' && isCosted) return undefined;
  const stated: Stated[] = [];
  const whys = new Set<string>();
  for (const regime of scenario.regimes) {
    const distribution = regime[input];
    if (distribution === undefined) continue;
    if ('coupled' in distribution) {
      whys.add('follows throughput');
      continue;
    }
    const own = await middleOf(distribution);
    if (own === undefined) whys.add(whyUnmoved(distribution));
    else stated.push({ name: regime.name, distribution, own });
  }
  const absent = absentText(scenario, input);
  if (stated.length === 0 && absent === undefined) return whys.size > 0 ? { label, why: [...whys][0] } : undefined;
  const bounds = input === 'cached_input_tokens' ? await withinInput(scenario) : physical(input);
  return {
    ...commonOf(input, stated, bounds),
    ...(absent !== undefined && { absent }),
    own: (regime) => stated.find(({ name }) => name === regime)?.own,
    replacements: (regime, value) =>
      alike(stated, regime).map(({ name, ...one }) => ({
        place: { of: 'regime', name, input },
        written: one.distribution ? movedTo({ ...one, bounds: INPUTS[input].bounds }, value) : value,
      })),
  };
}

/** What is cached is a part of the input. */
async function withinInput({ regimes }: ResolvedScenario): Promise<Bounds> {
  const middles = await Promise.all(regimes.map(({ input_tokens }) => middleOf(input_tokens)));
  const [low, high] = physical('cached_input_tokens');
  return [low, Math.max(...middles.map((middle) => middle ?? high))];
}

/** A regime and all that state the same: what is moved for one is moved for them. */
function alike(stated: readonly Stated[], regime: string): (Stated | { name: string; distribution?: undefined })[] {
  const chosen = stated.find(({ name }) => name === regime);
  if (chosen === undefined) return [{ name: regime }];
  const text = exactText(chosen.distribution);
  return stated.filter(({ distribution }) => exactText(distribution) === text);
}

function whyUnmoved({ family }: Distribution): string {
  return family === 'recorded' ? 'is drawn from a file' : `is a ${family}, which has no one middle to move`;
}

/** What a request's own inputs mean where a scenario leaves them out: only what request-cost throughput knows of can be added. */
function absentText({ models, regimes }: ResolvedScenario, input: RegimeInput): string | undefined {
  const costs = models.map(({ throughput }) => (throughput.method === 'request-cost' ? throughput.costs : undefined));
  if (costs.includes(undefined)) return undefined;
  if (input === 'cached_input_tokens' && regimes.every(({ session }) => session === undefined)) return 'none';
  const isWeighty = costs.every((one) => one && !(one.w.family === 'constant' && one.w.parameters.value === 0));
  return input === 'concurrency' && isWeighty ? 'a full node' : undefined;
}

async function modelSetting({ models }: ResolvedScenario, input: ModelInput): Promise<Setting | Unmoved> {
  const stated: Stated[] = [];
  for (const model of models) {
    const own = await middleOf(model[input]);
    if (own === undefined) return { label: INPUTS[input].slider.label, why: whyUnmoved(model[input]) };
    stated.push({ name: model.name, distribution: model[input], own });
  }
  const { own } = mostCommon(stated);
  return {
    ...commonOf(input, stated, physical(input)),
    own: () => own,
    // Models with a node of their own keep its ratio to the others'.
    replacements: (_, value) =>
      stated.map(({ name, ...one }) => ({
        place: { of: 'model', name, input },
        written: movedTo({ ...one, bounds: INPUTS[input].bounds }, rounded((one.own * value) / own)),
      })),
  };
}

/** What most models state; of several, the first. */
function mostCommon(stated: readonly Stated[]): Stated {
  const times = ({ own }: Stated) => stated.filter((other) => other.own === own).length;
  return stated.reduce((best, one) => (times(one) > times(best) ? one : best));
}

function commonOf(input: Input, stated: readonly Stated[], bounds: Bounds) {
  const { slider, help, unit } = INPUTS[input];
  const owns = stated.map(({ own }) => own);
  const range = owns.reduce((so, own) => including(so, own, bounds), slider as Setting['slider']);
  return { key: input, label: slider.label, help, unit, slider: range, bounds };
}

function physical(input: Input): Bounds {
  const { low, high } = INPUTS[input].physical;
  return [low, high];
}

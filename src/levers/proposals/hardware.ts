import type { Mapping } from '../../distributions/written.js';
import { hardware } from '../../model/catalogue/hardware.js';
import type { ResolvedScenario } from '../../scenario/resolved.js';
import type { Lever, Setting } from '../lever.js';
import { sectionOf, setEverywhere, statedAt } from '../stated.js';

/** The newest chip that measured ratios lead to. */
const NEWEST = 'B200 SXM 180GB';

const NO_EFFECT = 'neither rows nor a measured ratio lead there';

/** The newest chip, with the power of its node: rows of it, or measured ratios where there are none. */
export const HARDWARE: Lever = {
  name: 'hardware',
  about: `serve on ${NEWEST}`,
  cause: 'accelerator',
  basis: 'measured',
  source: 'rows of the dataset, or B200/H100 on full nodes, n = 39 (precision-and-generation.csv, ML.ENERGY v3)',
  propose({ written, scenario }) {
    if (isStated(scenario)) return { because: STATED };
    const named = hardware(String(sectionOf(written, 'hardware').accelerator ?? ''));
    const newest = hardware(NEWEST);
    if ('unknown' in newest || ('found' in named && named.found.accelerator === NEWEST))
      return { because: `the nodes have ${NEWEST}` };
    const power = setEverywhere(written, 'node_power_kw', Number(newest.found.node_max_power_kw), 'models');
    const precision = sectionOf(written, 'hardware').precision;
    const value = { accelerator: NEWEST, ...(precision !== undefined && { precision }) };
    return { settings: [{ key: 'hardware', value }, ...power] };
  },
  isVoid: hasSameThroughput,
};

/** FP8 in place of 16 bits; of FP4 nothing was measured on the same chip. */
export const PRECISION: Lever = {
  name: 'precision',
  about: 'serve in FP8',
  cause: 'number format',
  basis: 'measured',
  source: 'rows of the dataset, or FP8/BF16 by queries in flight, n = 44 (precision-and-generation.csv, ML.ENERGY v3)',
  propose({ written, scenario }) {
    if (isStated(scenario)) return { because: STATED };
    const settings = precisionSettings(written);
    const isWide = settings.some(({ value }) => /16/.test(String(value)));
    if (!isWide) return { because: 'the number format is FP8 or less; FP4 was measured on no chip beside FP8' };
    return { settings: settings.map(({ key }) => ({ key, value: 'FP8' })) };
  },
  isVoid: hasSameThroughput,
};

const STATED = 'throughput is stated, and not of rows that hardware chooses';

function isStated({ models }: ResolvedScenario): boolean {
  return models.every(
    ({ throughput }) => throughput.method === 'given' || ('fit' in throughput ? !throughput.fit : false),
  );
}

/** Every place that says the number format, with what it says. */
function precisionSettings(written: Mapping): Setting[] {
  const throughput = sectionOf(written, 'throughput');
  const where = sectionOf(throughput, 'where');
  const { precision } = sectionOf(written, 'hardware');
  const ofAll = [
    ['throughput.quantization', throughput.quantization],
    ['throughput.where.quantization', where.quantization],
    ['hardware.precision', precision],
  ] as const;
  return [
    ...ofAll.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }])),
    ...statedAt(written, 'quantization', 'models'),
  ];
}

function hasSameThroughput(before: ResolvedScenario, after: ResolvedScenario): string | undefined {
  const isSame = before.models.every(({ name, throughput }) => {
    const other = after.models.find((model) => model.name === name);
    return JSON.stringify(other?.throughput) === JSON.stringify(throughput);
  });
  return isSame ? NO_EFFECT : undefined;
}

import type { Reading } from './reading.js';

/** A table of throughputs that ships in scenarios/data, and how it is read where the scenario says nothing else. */
export interface ShippedDataset {
  readonly file: string;
  readonly reading: Partial<Pick<Reading, 'columns' | 'per' | 'where'>>;
}

/** Tables by the name that `throughput.dataset` may give them; sources and licences are in scenarios/data/README.md. */
const SHIPPED_DATASETS: Readonly<Record<string, ShippedDataset>> = {
  oviedo: { file: 'throughput-oviedo.csv', reading: {} },
  'tensorrt-llm': {
    file: 'throughput-tensorrt-llm.csv',
    reading: {
      columns: { node_tokens_per_second: 'output_tokens_per_second_total' },
      per: 'group',
      // Rows that state a batch were measured at it, not on a full node.
      where: { superseded: 'no', batch_size: '' },
    },
  },
};

/** The shipped table of a name; undefined where the name is of a file. */
export function shippedDataset(name: string): ShippedDataset | undefined {
  return Object.hasOwn(SHIPPED_DATASETS, name) ? SHIPPED_DATASETS[name] : undefined;
}

/** The name under which the file of a path ships; undefined where it does not. */
export function shippedNameOf(path: string): string | undefined {
  const file = path.split(/[/\\]/).at(-1);
  return Object.keys(SHIPPED_DATASETS).find((name) => SHIPPED_DATASETS[name].file === file);
}

/** How a dataset is read: as the scenario says, a shipped one as its table needs where the scenario names no columns. */
export function readingOf(dataset: string, stated: Reading): Reading {
  const { where, ...reading } = shippedDataset(dataset)?.reading ?? {};
  const chosen = where || stated.where ? { where: { ...where, ...stated.where } } : {};
  return { ...stated, ...(stated.columns === undefined && reading), ...chosen };
}

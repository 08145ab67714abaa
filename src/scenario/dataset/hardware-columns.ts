/** A column that says on what hardware, or on how much of it, a row was measured. */
export interface HardwareColumn {
  readonly name: string;
  readonly position: number;
}

/**
 * What runs a model, as headers of published tables (TensorRT-LLM, MLPerf Inference, ML.ENERGY, vLLM, InferenceMAX)
 * name it.
 */
const HARDWARE = /^(gpu|accelerator|chip|device|hardware|hw|node|instance)s?$/;

/** What may stand beside it: which, or how many. A node by itself is one of many alike, by its host's name. */
const WHICH = /^(type|model|name|sku|kind|per|node)$/;
const HOW_MANY = /^(count|number|num|n|of|total)$/;

/** GPUs that share one copy of a model: how many there are, where no column counts them. */
const TENSOR_PARALLEL = /^(tp|tensor parallel)( size| degree)?$/;

/** The columns of a header that tell the hardware, in its order. */
export function hardwareColumns(header: readonly string[]): HardwareColumn[] {
  const columns = header.map((name, position) => ({ name, position, kind: kindOf(name) }));
  const isCounted = columns.some(({ kind }) => kind === 'count');
  return columns.filter(({ kind }) => kind !== undefined && (kind !== 'tensor parallel' || !isCounted));
}

/** Position of the column that counts a row's GPUs: how many, or the degree of tensor parallelism; -1 for none. */
export function countColumn(header: readonly string[]): number {
  const kinds = header.map(kindOf);
  return Math.max(kinds.indexOf('count'), kinds.includes('count') ? -1 : kinds.indexOf('tensor parallel'));
}

function kindOf(name: string): 'which' | 'count' | 'tensor parallel' | undefined {
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[\s_.-]+/);
  if (TENSOR_PARALLEL.test(words.join(' '))) return 'tensor parallel';
  const others = words.filter((word) => !HARDWARE.test(word));
  if (others.length === words.length || words.join() === 'node') return undefined;
  if (others.some((word) => !WHICH.test(word) && !HOW_MANY.test(word))) return undefined;
  return others.some((word) => HOW_MANY.test(word)) || /s$/.test(words[0]) ? 'count' : 'which';
}

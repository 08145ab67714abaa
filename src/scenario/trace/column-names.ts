import { listText, nearestHint } from '../../words.js';

/** What a row of a trace says of a query. */
export type TraceRole = 'input_tokens' | 'output_tokens' | 'cached_input_tokens' | 'weight';

/**
 * Names by which columns are recognised where none is said: ours; Azure's LLM inference traces as downloaded (Azure/AzurePublicDataset);
 * OpenTelemetry's semantic conventions for generative AI, before and after version 1.27; usage records of OpenAI's interface;
 * Mooncake's and Vidur's traces.
 */
export const KNOWN_NAMES = {
  input_tokens: [
    'input_tokens',
    'ContextTokens',
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'usage.prompt_tokens',
    'prompt_tokens',
    'input_length',
    'num_prefill_tokens',
  ],
  output_tokens: [
    'output_tokens',
    'GeneratedTokens',
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'usage.completion_tokens',
    'completion_tokens',
    'output_length',
    'num_decode_tokens',
  ],
} as const;

/** The column that a role is read from, or why there is none. */
export function columnOf(
  role: TraceRole,
  stated: string | undefined,
  columns: readonly string[],
): { name: string } | { complaint: string } | undefined {
  if (stated !== undefined) {
    if (columns.includes(stated)) return { name: stated };
    return { complaint: `there is no column ${stated}${nearestHint(stated, columns)}; ${there(columns)}` };
  }
  if (role === 'cached_input_tokens' || role === 'weight') return undefined;
  const known: readonly string[] = KNOWN_NAMES[role];
  const name = known.find((one) => columns.includes(one));
  if (name !== undefined) return { name };
  return {
    complaint: `${role}: which column has them is not said, and none bears a known name; ${there(columns)}. Write ${role}: COLUMN`,
  };
}

function there(columns: readonly string[]): string {
  return `the columns are ${listText(columns)}`;
}

import { optional, required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { text } from '../kinds/text.js';

const column = text({ maxLength: 200 });

/** Lengths of queries as a trace recorded them: rows are drawn, so that long prompts keep the answers that they had. */
export const lengths = mapping({
  trace: required(
    text({ maxLength: 1000 }),
    'File of queries, one a row: CSV, JSONL, Parquet or Arrow; its path starts at the folder of this file.',
  ),
  input_tokens: optional(column, 'Column of input tokens; known names are found without, e.g. ContextTokens.'),
  output_tokens: optional(column, 'Column of output tokens; known names are found without, e.g. GeneratedTokens.'),
  cached_input_tokens: optional(column, 'Column of the input tokens that were cached; not read if absent.'),
  weight: optional(column, 'Column of weights: how often a row counts; all alike if absent.'),
});

export const LENGTHS_ABOUT = 'Lengths drawn as whole rows of a trace, in place of input_tokens and output_tokens.';

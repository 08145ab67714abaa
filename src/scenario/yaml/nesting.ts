import { Lexer, Parser } from 'yaml';

/** Levels of mappings and lists. A scenario needs eight, a mixture of mixtures some more. */
export const MAX_NESTING = 50;

/** The parser's stack: one entry per level, the document and a scalar. */
const MAX_STACK = MAX_NESTING + 2;

/**
 * Whether text is nested deeper than any scenario. Looks before the recursive part of the package does, because a megabyte
 * of `[` makes that exhaust the stack and end the process.
 */
export function isTooDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_STACK) return true;
  }
  return false;
}

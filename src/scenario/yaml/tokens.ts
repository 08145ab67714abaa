import { type CST, Lexer, type LineCounter, Parser } from 'yaml';

/** Levels of mappings and lists. A scenario needs eight, a mixture of mixtures some more. */
export const MAX_NESTING = 50;

/** The parser's stack: one entry per level, the document and a scalar. */
const MAX_STACK = MAX_NESTING + 2;

/**
 * The tokens of text; undefined where it is nested deeper than any scenario. The part of the package that takes them is
 * recursive: a megabyte of `[` would make it exhaust the stack and end the process.
 *
 * @param lines is told where lines begin
 */
export function tokensOf(text: string, lines: LineCounter): CST.Token[] | undefined {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_STACK) return undefined;
  }
  return [...tokens, ...parser.end()];
}

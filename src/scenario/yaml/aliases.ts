import { type Alias, type Document, visit } from 'yaml';
import { offsetOf } from './nodes.js';
import type { SyntaxProblem } from './syntax-problem.js';

/** How many values aliases may stand for once expanded: enough for people, too little for an alias bomb. */
const MAX_ALIASES = 100;

const TOO_MANY = `aliases expand to too much: more than ${MAX_ALIASES} values`;

/** Aliases that are too many, stand for nothing, or stand for what they are part of. */
export function aliasProblems(document: Document): SyntaxProblem[] {
  const aliases = aliasesIn(document);
  // Finding an anchor takes a walk through the document, so this comes first.
  if (aliases.length > MAX_ALIASES) return [{ offset: offsetOf(aliases[MAX_ALIASES]) ?? 0, message: TOO_MANY }];
  return aliases.flatMap((alias) => {
    const message = problemOf(alias, document);
    return message === undefined ? [] : [{ offset: offsetOf(alias) ?? 0, message }];
  });
}

/** The document as plain data, aliases replaced by what they stand for; refuses more than `MAX_ALIASES` of it. */
export function expand(document: Document, refuse: (problems: readonly SyntaxProblem[]) => void): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    refuse([{ offset: offsetOf(aliasesIn(document)[0]) ?? 0, message: TOO_MANY }]);
  }
}

function aliasesIn(document: Document): Alias[] {
  const aliases: Alias[] = [];
  visit(document, {
    Alias(_, alias) {
      aliases.push(alias);
    },
  });
  return aliases;
}

function problemOf(alias: Alias, document: Document): string | undefined {
  const [start, , end] = alias.resolve(document)?.range ?? [];
  if (start === undefined || end === undefined) return `alias *${alias.source} stands before its anchor, or has none`;
  const inside = (offsetOf(alias) ?? 0) >= start && (offsetOf(alias) ?? 0) < end;
  return inside ? `alias *${alias.source} is part of what it stands for` : undefined;
}

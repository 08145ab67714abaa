import { type Kind, mistyped } from './kind.js';

interface TextRule {
  /** 1 unless stated. */
  readonly minLength?: number;
  readonly maxLength: number;
  /** What the text must look like, and that in words. */
  readonly pattern?: RegExp;
  readonly patternText?: string;
}

/** Text of limited length. */
export function text({ minLength = 1, maxLength, pattern, patternText = '' }: TextRule): Kind<string> {
  const kind: Kind<string> = {
    expected: 'text',
    fits: (written) => typeof written === 'string',
    check(written, context) {
      if (typeof written !== 'string') return mistyped(kind, written, context);
      if (written.length < minLength) return mistyped({ expected: 'text of at least one character' }, written, context);
      if (written.length > maxLength)
        return mistyped({ expected: `at most ${maxLength} characters` }, written, context);
      if (pattern && !pattern.test(written))
        return mistyped({ expected: patternText }, written, context, quotesHint(written));
      return written;
    },
    schema: { type: 'string', minLength, maxLength, ...(pattern && { pattern: pattern.source }) },
  };
  return kind;
}

/** Quotes of word processors are letters to YAML. */
function quotesHint(written: string): string {
  return /^[“”„«‘’].*[“”»‘’]$/.test(written) ? `; quotes are " or '` : '';
}

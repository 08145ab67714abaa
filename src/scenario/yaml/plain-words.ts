import type { YAMLError } from 'yaml';

/** What messages and codes of the package mean to someone who wrote a scenario. */
const MEANINGS: Readonly<Record<string, string>> = {
  'Flow sequence in block collection must be sufficiently indented and end with a ]': 'a list is not closed with ]',
  'Flow map in block collection must be sufficiently indented and end with a }': 'a mapping is not closed with }',
  'Missing closing "quote': 'text is not closed with "',
  "Missing closing 'quote": "text is not closed with '",
  'All mapping items must start at the same column': 'indented otherwise than the keys before it',
  'Implicit map keys need to be followed by map values': 'expected "key: value"; the colon is missing',
  BLOCK_AS_IMPLICIT_KEY:
    'a second "key: value" on one line, or the next line is indented too far; text with ": " needs quotes',
  MULTILINE_IMPLICIT_KEY: 'expected "key: value"; the colon or the space after it is missing',
  MULTIPLE_DOCS: 'a second document starts here; a file holds one scenario',
  NON_STRING_KEY: 'a key must be text, not a list or a mapping',
  TAB_AS_INDENT: 'indented with a tab; use spaces',
  TAG_RESOLVE_FAILED: 'tags (!name) are not allowed',
};

/** A syntax error in plain words; where there are none, those of the package. */
export function plainWords({ code, message }: YAMLError): string {
  return MEANINGS[message] ?? MEANINGS[code] ?? `not valid YAML: ${message}`;
}

import { EXAMPLES } from './examples.js';
import { HELP } from './help.js';

/** Where the words of a flag begin: lines that go on from there belong to the line before. */
const GOES_ON = ' '.repeat(20);

/**
 * What `tokenjoule COMMAND --help` prints: how the command is called, its own flags, and the way to all others. The whole help for
 * what is no command.
 */
export function helpOf(command: string): string {
  const lines = HELP.split('\n');
  const usage = block(
    lines,
    (line) => line.startsWith(`  tokenjoule ${command} `),
    (line) => line.startsWith(GOES_ON),
  );
  if (usage.length === 0) return HELP;
  const flags = block(
    lines,
    (line) => isHeadOf(command, line),
    (line) => line.startsWith(' '),
  );
  const shared = command !== 'run' && flags.some((line) => /as above|of what run takes|as for/.test(line));
  return [
    ...usage,
    ...(flags.length > 0 ? ['', ...flags] : []),
    '',
    ...(EXAMPLES[command] ? ['Examples:', ...EXAMPLES[command].map((example) => `  ${example}`), ''] : []),
    ...(shared ? ['Flags that run has too: tokenjoule run --help'] : []),
    'All commands: tokenjoule --help',
    lines.find((line) => line.startsWith('Exit status')) ?? '',
    '',
  ].join('\n');
}

function isHeadOf(command: string, line: string): boolean {
  return line === `${command}:` || line.startsWith(`${command} (`);
}

/** A line and those that go on from it. */
function block(lines: readonly string[], isFirst: (line: string) => boolean, goesOn: (line: string) => boolean) {
  const first = lines.findIndex(isFirst);
  if (first === -1) return [];
  const after = lines.slice(first + 1);
  const end = after.findIndex((line) => !goesOn(line));
  return [lines[first], ...after.slice(0, end === -1 ? after.length : end)];
}

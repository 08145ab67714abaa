// What a terminal is sent: text as text, never as an order. Cannot see what a terminal does with characters that this
// takes for plain.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { printable, printableLine } from '../../src/printable.js';
import { paletteFor } from '../../src/terminal/color.js';
import { progressDisplay } from '../../src/terminal/progress.js';
import { shownOn } from '../../src/terminal/shown-on.js';
import { tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const MARK = '[mark]';

function shown(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: shownOn({ isTTY, write: (text: string) => written.push(text) }, MARK) };
}

const HOSTILE: readonly [name: string, text: string, shown: string][] = [
  ['an escape sequence', '\x1b[31mred\x1b[0m', '\\u001b[31mred\\u001b[0m'],
  ['a title of the window', '\x1b]0;x\x07', '\\u001b]0;x\\u0007'],
  ['a sequence of one byte', '\u009b2J', '\\u009b2J'],
  ['a turned direction', 'safe\u202etxt.exe', 'safe\\u202etxt.exe'],
  ['an isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
  ['a return to the start of the line', 'bad\rgood', 'bad\\rgood'],
  ['letters taken back', 'bad\b\b\bgood', 'bad\\u0008\\u0008\\u0008good'],
  ['no width', 'pue\u200b', 'pue\\u200b'],
  ['a no-break space', '1\u00a0024', '1\\u00a0024'],
  ['invisible tags', '\u{e0041}', '\\udb40\\udc41'],
  ['half a character', '\ud83d', '\\ud83d'],
  ['another line end', 'a\u2028b', 'a\\u2028b'],
];

describe('text on a terminal', () => {
  it.each(HOSTILE)('shows %s as its escape', (_, text, expected) => {
    const { written, stream } = shown(true);
    stream.write(text);
    expect(written).toEqual([expected]);
  });

  it.each(['Llama 3.1 405B', '模型 é ß', '👩‍💻 🙂', 'می‌خواهم', '– … × ▁▂▃ ∞', 'a\nb'])('leaves %j', (text) => {
    expect(printable(text)).toBe(text);
  });

  it('escapes the ends of what shall be one line', () => {
    expect(printableLine('name\nnote: fine\r\n')).toBe('name\\nnote: fine\\r\\n');
  });

  it('says the same in JSON as before', needs('minutes'), () => {
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE.map(([, one]) => one))),
    });
    fc.assert(
      fc.property(text, (one) => {
        expect(JSON.parse(printable(JSON.stringify({ one })))).toEqual({ one });
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('obeys orders of our own alone', () => {
    const { written, stream } = shown(true);
    const { heading } = paletteFor(stream, {});
    stream.write(heading('\x1b[5mx'));
    progressDisplay('y', stream, () => 0).clear();
    expect(written).toEqual(['\x1b[1m\\u001b[5mx\x1b[0m', '\x1b[2K\x1b[1G']);
  });
});

test('a hostile scenario reaches the terminal as text, whatever is wrong or right with it', needs('minutes'), () =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'hostile.yaml');
    const evil = '\x1b[2J\u009b\u202e';
    const scenario = {
      version: 1,
      name: 'hostile',
      description: `first\nnote: all is well ${evil}`,
      samples: 500,
      models: { [`m${evil}`]: { tps: 1000, node_power_kw: 10 } },
      ...{ pue: 1.2, power_utilization: 0.5, input_tokens: 100, output_tokens: 100 },
      regimes: { [`r${evil}\nnote: x`]: {} },
      blends: { b: { models: [`m${evil}`] } },
    };
    const outputs = [];
    for (const changed of [scenario, { ...scenario, [`key${evil}\nfake: line`]: 1 }, { ...scenario, pue: evil }]) {
      await writeFile(file, JSON.stringify(changed));
      for (const args of [
        ['check', file],
        ['run', file, '-o', folder, '-j', '0'],
        ['run', file, '-o', folder, '--json', '-j', '0'],
      ])
        outputs.push(await tokenjoule(args));
    }
    for (const { stdout, stderr } of outputs) expect(printable(`${stdout}${stderr}`)).toBe(`${stdout}${stderr}`);
    expect(outputs[1].stdout).toContain('hostile: first note: all is well \\u001b[2J\\u009b\\u202e\n');
    expect(outputs[1].stdout).toContain('r\\u001b[2J\\u009b\\u202e\\nnote: x');
    expect(outputs[3].stderr).toBe(
      `${file}:1:${outputs[3].stderr.split(':')[2]}: key\\u001b[2J\\u009b\\u202e\\nfake: line: unknown key; ${outputs[3].stderr.split('unknown key; ')[1]}`,
    );
    expect(outputs.map(({ status }) => status)).toEqual([0, 0, 0, 2, 2, 2, 2, 2, 2]);
  }),
);

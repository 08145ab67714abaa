// Draws docs/distributions/*.svg from the lines of docs/distributions.md: node scripts/distribution-pictures.mjs (after npm run build).
// The density is that of equal shares of the probability; a constant is a line.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compileDistribution } from '../dist/distributions/compile.js';
import { parseDistribution } from '../dist/distributions/parse.js';

const [WIDTH, HEIGHT, BARS, SHARES] = [160, 60, 48, 9600];

const page = readFileSync('docs/distributions.md', 'utf8');
mkdirSync('docs/distributions', { recursive: true });
for (const [, family, line] of page.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)) {
  const written = parse(`{ ${line} }`);
  const [key] = Object.keys(written);
  const distribution = parseDistribution(written[key], (_, message) => {
    throw new Error(`${family}: ${message}`);
  });
  const { quantile } = await compileDistribution(distribution);
  writeFileSync(`docs/distributions/${family}.svg`, picture(family, quantile));
}

function picture(family, quantile) {
  const values = Array.from({ length: SHARES }, (_, i) => quantile((i + 0.5) / SHARES));
  const [low, high] = [values[Math.floor(SHARES * 0.005)], values[Math.floor(SHARES * 0.99)]];
  const counts = new Array(BARS).fill(0);
  for (const value of values) {
    const bar = high > low ? Math.floor(((value - low) / (high - low)) * BARS) : BARS / 2;
    if (bar >= 0 && bar < BARS) counts[bar]++;
  }
  const most = Math.max(...counts);
  const bars = counts.flatMap((count, i) => {
    const height = Math.round((count / most) * (HEIGHT - 4) * 10) / 10;
    const x = Math.round((i * WIDTH * 100) / BARS) / 100;
    return count === 0 ? [] : [`M${x} ${HEIGHT}v${-height}h${Math.round((WIDTH / BARS) * 100) / 100}v${height}z`];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="density of a ${family} distribution"><path fill="#0b62b0" d="${bars.join('')}"/></svg>
`;
}

// The figure of sessions in the report, against sessions whose energies are known. What it cannot see: whether its marks are told apart.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { reportCommand } from '../../src/commands/report.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { inTemporaryFolder, runInto } from '../folders.js';
import { recording } from '../surroundings.js';

/** A token of an answer takes a node of 3.6 kW 1 s: 1 Wh. */
const QUERIES = {
  version: 1,
  name: 'agents',
  samples: 1024,
  models: { m: { node_seconds: { per_input_token: 0, per_output_token: 1, per_context_token: 0 } } },
  node_power_kw: 3.6,
  pue: 1,
  power_utilization: 1,
  input_tokens: 100,
  output_tokens: 3,
  regimes: { agent: {} },
};
/** Four turns of three tokens: 12 Wh, 3 Wh a request, 24 Wh a success. */
const SESSIONS = { ...QUERIES, session: { turns: 4, success: 0.5 } };

async function reportOf(written: object) {
  return inTemporaryFolder(async (out) => {
    const scenario = await scenarioFromText(JSON.stringify(written), 'agents.json', async (_, refuse) =>
      refuse('no dataset here'),
    );
    const folder = await runInto(out, scenario);
    await reportCommand([folder, '--quiet'], recording());
    return parseHTML(await readFile(join(folder, 'report.html'), 'utf8')).document;
  });
}

it('the report draws the energy of a session, a success and a request, and tells both in its title', async () => {
  const figure = (await reportOf(SESSIONS)).querySelector('#run-0-session')!;
  expect(figure.querySelector('figcaption')!.textContent).toContain('agent sessions with m take 12');
  expect(figure.querySelector('figcaption')!.textContent).toContain('a request 3');
  expect(figure.querySelectorAll('svg.wide [aria-label="dot"] circle')).toHaveLength(3);
});

it('the report has a table of a session’s energies, requests and longest context', async () => {
  const document = await reportOf(SESSIONS);
  const tables = [...document.querySelectorAll('table')];
  const table = tables.find(({ textContent }) => textContent?.includes('longest context'))!;
  const medianOf = (metric: string) => {
    const row = [...table.querySelectorAll('tbody tr')].find(({ textContent }) => textContent?.includes(metric))!;
    return Number(row.querySelectorAll('th, td')[3].textContent!.replaceAll(',', ''));
  };
  expect(medianOf('energy per session')).toBeCloseTo(12, 2);
  expect(medianOf('energy per success')).toBeCloseTo(24, 2);
  expect(medianOf('energy per request')).toBeCloseTo(3, 2);
  expect(medianOf('requests')).toBe(4);
});

it('the report of single queries has no figure of sessions', async () => {
  expect((await reportOf(QUERIES)).querySelector('#run-0-session')).toBeNull();
});

import { alignedLines, percent, significant } from '../format.js';
import { poolUses } from '../result/pool-uses.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** How full the pools of prefill and decode are beside each other; no lines where one node does both. */
export function poolLines(scenario: ResolvedScenario): string[] {
  const uses = poolUses(scenario);
  if (uses.length === 0) return [];
  return [
    '',
    ...alignedLines([
      ['pools while one is full, load of', 'prefill', 'decode', 'limits', 'prefill nodes a decode node to match'],
      ...uses.map(({ regime, model, prefill, decode, limits, matching }) => [
        `  ${regime}, ${model}`,
        percent(prefill),
        percent(decode),
        limits,
        significant(matching),
      ]),
    ]),
  ];
}

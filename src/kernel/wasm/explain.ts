import type { Plan } from '../../plan/plan.js';
import { needsOf } from './needs.js';
import { rulesFor } from './steps.js';

/** The steps that the WebAssembly kernel takes for each block of a plan, as lines: what is drawn, and by which rule the rest is computed. */
export function stepLines(plan: Plan): string[] {
  const { drawn, computed, columns } = needsOf(plan);
  const held = new Set(columns);
  const draws = drawn.map((id) => `draw #${id}`);
  const rules = rulesFor(computed, plan.nodes, (id) => !held.has(id)).map(
    ({ rule, nodes: [id, ...onItsWay] }) =>
      `${rule} → #${id}${onItsWay.length > 0 ? `, with ${onItsWay.map((one) => `#${one}`).join(', ')} on its way` : ''}`,
  );
  return [...draws, ...rules];
}

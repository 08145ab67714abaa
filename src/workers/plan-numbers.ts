import type { Plan } from '../plan/plan.js';

/** Numbers plans in the order they are met: copies sent to a thread have the number in common, and not the identity. */
export function planNumbers(): (plan: Plan) => number {
  const numbers = new WeakMap<Plan, number>();
  let next = 0;
  return (plan) => {
    const number = numbers.get(plan) ?? next++;
    numbers.set(plan, number);
    return number;
  };
}

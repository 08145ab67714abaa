/** A pure function of a step or width that computes each only once. */
export function remembering<T>(compute: (step: number) => T): (step: number) => T {
  const known = new Map<number, T>();
  return (step) => {
    const found = known.get(step) ?? compute(step);
    known.set(step, found);
    return found;
  };
}

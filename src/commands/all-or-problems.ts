import { InputError } from '../errors.js';

/** All values, or the problems of all files in one error. */
export async function allOrProblems<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  const problems = settled.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (one.reason instanceof InputError) return one.reason.problems;
    throw one.reason;
  });
  if (problems.length > 0) throw new InputError(problems);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

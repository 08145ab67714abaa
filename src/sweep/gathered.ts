import { setImmediate } from 'node:timers/promises';

/**
 * Answers calls many at a time: those of one turn of the event loop go together, up to `most`.
 *
 * @param answer gives an answer to each, in their order
 */
export function gathered<Asked, Answer>(
  most: number,
  answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (one: Asked) => Promise<Answer> {
  let open: { readonly asked: Asked[]; readonly answers: Promise<readonly Answer[]> } | undefined;

  function begin() {
    const asked: Asked[] = [];
    const answers = setImmediate().then(() => {
      if (open?.asked === asked) open = undefined;
      return answer(asked);
    });
    return { asked, answers };
  }

  return async (one) => {
    open ??= begin();
    const { asked, answers } = open;
    const place = asked.push(one) - 1;
    if (asked.length >= most) open = undefined;
    return (await answers)[place];
  };
}

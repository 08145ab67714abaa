import { RunError } from '../errors.js';
import type { SketchesData } from '../sketch/sketches.js';
import { memoryOf } from '../workers/spare-memory.js';
import type { Reply, Request, Task, WebWorkers } from './messages.js';

/** Starts so many workers of one classic script, the address of one that may be the page’s own. */
export function openWebWorkers(script: string, count: number): WebWorkers {
  const hands = Array.from({ length: count }, () => handOf(new Worker(script)));
  return {
    count,
    async runAll(tasks, onCounted, signal) {
      const left = tasks.values();
      const lane = async (hand: Hand) => {
        // What was given up may still be drawn: no queue of such grows while a slider is dragged.
        for (await hand.free(); !signal.aborted; ) {
          const { value: task } = left.next();
          if (task === undefined) return;
          const counted = await hand.ask(task);
          if (!signal.aborted) onCounted(counted);
          // That of a ratio is not from there.
          if (!('ratio' in task)) hand.giveBack(counted);
        }
      };
      await Promise.all(hands.map(lane));
      signal.throwIfAborted();
    },
  };
}

/** One worker; it is asked one thing at a time. */
interface Hand {
  /** Done when the worker has answered what it was asked last. */
  free(): Promise<unknown>;
  ask(task: Task): Promise<SketchesData>;
  /** Takes an answer that nobody looks at any more. */
  giveBack(counted: SketchesData): void;
}

function handOf(worker: Worker): Hand {
  let answer: (reply: Reply) => void = () => {};
  let last: Promise<unknown> = Promise.resolve();
  let broken: Reply | undefined;
  let spare: ArrayBuffer[] = [];
  worker.onmessage = ({ data }: MessageEvent<Reply>) => answer(data);
  worker.onerror = ({ message }) => {
    broken = { problem: `a worker of the page does not run: ${message ?? 'its file could not be loaded'}` };
    answer(broken);
  };
  return {
    free: () => last,
    async ask(task) {
      const reply = new Promise<Reply>((resolve) => {
        answer = resolve;
      });
      last = reply;
      if (broken) answer(broken);
      else worker.postMessage({ task, spare } satisfies Request, spare);
      spare = [];
      return countedIn(await reply);
    },
    giveBack(counted) {
      spare = memoryOf(counted);
    },
  };
}

function countedIn(reply: Reply): SketchesData {
  if ('problem' in reply) throw new RunError(reply.problem);
  return reply.counted;
}

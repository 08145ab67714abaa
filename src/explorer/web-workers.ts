import { RunError } from '../errors.js';
import type { SketchesData } from '../sketch/sketches.js';
import type { Reply, Task, WebWorkers } from './messages.js';

/** Starts so many workers of one script. */
export function openWebWorkers(script: string, count: number): WebWorkers {
  const asks = Array.from({ length: count }, () => asker(new Worker(script, { type: 'module' })));
  return {
    count,
    async runAll(tasks, onCounted, signal) {
      const left = tasks.values();
      const lane = async (ask: Ask) => {
        for (const task of left) {
          const counted = await ask(task);
          signal.throwIfAborted();
          onCounted(counted);
        }
      };
      await Promise.all(asks.map(lane));
    },
  };
}

type Ask = (task: Task) => Promise<SketchesData>;

/** A worker answers in the order in which it is asked. */
function asker(worker: Worker): Ask {
  const waiting: { resolve(counted: SketchesData): void; reject(error: Error): void }[] = [];
  let broken: RunError | undefined;
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.shift();
    if ('problem' in data) asked?.reject(new RunError(data.problem));
    else asked?.resolve(data.counted);
  };
  worker.onerror = ({ message }) => {
    broken = new RunError(`a worker of the page does not run: ${message ?? 'its file could not be loaded'}`);
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  return (task) =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      waiting.push({ resolve, reject });
      worker.postMessage(task);
    });
}

// A worker that throws at the second range of blocks.
import worker from '../../dist/workers/worker.js';

export default async function throws(task) {
  if (task.range.firstBlock === 256) throw new Error('the test asked for it');
  return worker(task);
}

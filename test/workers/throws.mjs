// A worker that throws whenever it is to draw block 300.
import worker from '../../dist/workers/worker.js';

export default async function throws(task) {
  const { firstBlock, blocks } = task.range;
  if (firstBlock <= 300 && 300 < firstBlock + blocks) throw new Error('the test asked for it');
  return worker(task);
}

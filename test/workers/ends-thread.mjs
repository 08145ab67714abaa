// A worker whose thread ends whenever it is to draw block 300.
import worker from '../../dist/workers/worker.js';

export default async function endsThread(task) {
  const { firstBlock, blocks } = task.range;
  if (firstBlock <= 300 && 300 < firstBlock + blocks) process.exit(7);
  return worker(task);
}

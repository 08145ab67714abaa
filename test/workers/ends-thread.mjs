// A worker whose thread ends at the second range of blocks.
import worker from '../../dist/workers/worker.js';

export default async function endsThread(task) {
  if (task.range.firstBlock === 256) process.exit(7);
  return worker(task);
}

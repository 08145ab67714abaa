// A worker whose thread ends at the second range of blocks.
const thread = require('../../dist/workers/thread.cjs');

module.exports = async function endsThread(task) {
  if (task.range.firstBlock === 256) process.exit(7);
  return thread(task);
};

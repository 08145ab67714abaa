// A worker whose thread ends at the second range of blocks.
const { range } = require('../../dist/workers/thread.cjs');

exports.range = async (task) => {
  if (task.range.firstBlock === 256) process.exit(7);
  return range(task);
};

// A worker that throws at the second range of blocks.
const { range } = require('../../dist/workers/thread.cjs');

exports.range = async (task) => {
  if (task.range.firstBlock === 256) throw new Error('the test asked for it');
  return range(task);
};

// A worker that throws at the second range of blocks.
const thread = require('../../dist/workers/thread.cjs');

module.exports = async function throws(task) {
  if (task.range.firstBlock === 256) throw new Error('the test asked for it');
  return thread(task);
};

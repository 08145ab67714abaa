// A worker that throws whenever it is to draw block 300.
const { range } = require('../../dist/threads/thread.cjs');

exports.range = async (task) => {
  const { firstBlock, blocks } = task.range;
  if (firstBlock <= 300 && 300 < firstBlock + blocks) throw new Error('the test asked for it');
  return range(task);
};

// A worker whose thread ends whenever it is to draw block 300.
const { range } = require('../../dist/threads/thread.cjs');

exports.range = async (task) => {
  const { firstBlock, blocks } = task.range;
  if (firstBlock <= 300 && 300 < firstBlock + blocks) process.exit(7);
  return range(task);
};

// Required by a process before its program: says at the end which files were loaded, and whether compiled code is kept.
const module_ = require('node:module');

process.on('exit', () => {
  const files = Object.keys(require.cache).filter((file) => file !== __filename);
  process.stderr.write(JSON.stringify({ files, kept: module_.getCompileCacheDir?.() !== undefined }));
});

// Runs the built command line in this process and, at its end, tells the parent how much memory it took at most, and how much
// time of all processors.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send({ peak_mib: maxRSS / 1024, cpu_seconds: (userCPUTime + systemCPUTime) / 1e6 });
});
process.argv.splice(1, 1);
await import('../dist/cli.cjs');

// Runs the built command line in this process and, at its end, tells the parent how much memory it took at most.
process.on('exit', () => process.send({ peak_mib: process.resourceUsage().maxRSS / 1024 }));
process.argv.splice(1, 1);
await import('../dist/cli.js');

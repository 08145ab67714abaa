// Runs nothing and says what memory that took, as bench/measured.mjs does for the command line.
process.send({ peak_mib: process.resourceUsage().maxRSS / 1024 });
process.disconnect();

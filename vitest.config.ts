import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // No module keeps anything from one test to the next, so that the tests of a process share what they load.
    isolate: false,
    // One process for each core, where nobody waits for tests of timing and of servers: those run in CI alone, one by one.
    ...(process.env.TOKENJOULE_ALL_TESTS !== '1' && { maxWorkers: '100%' }),
    // What is built runs as Node runs it.
    server: { deps: { external: [/\/dist\//] } },
    reporters: ['default', './test/skipped-reporter.ts'],
  },
});

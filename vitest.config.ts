import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // No module keeps anything from one test to the next, so that the tests of a process share what they load.
    isolate: false,
    // What is built runs as Node runs it.
    server: { deps: { external: [/\/dist\//] } },
    reporters: ['default', './test/skipped-reporter.ts'],
  },
});

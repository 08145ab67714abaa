import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is built runs as Node runs it.
    server: { deps: { external: [/\/dist\//] } },
    reporters: ['default', './test/skipped-reporter.ts'],
  },
});

import { defineConfig } from 'vitest/config';

/** What runs under Wine: `npm run test:windows`. */
export default defineConfig({
  test: {
    include: ['test/windows/**/*.test.ts'],
    globalSetup: ['test/windows/set-up.ts'],
    reporters: ['default', './scripts/plain-summary-reporter.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});

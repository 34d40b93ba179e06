import { defineConfig } from 'vitest/config';

const leftovers = 'test/leftovers.test.ts';

/** What runs under Wine: `npm run test:windows`. */
export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-summary-reporter.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    globalSetup: ['test/support/temporary-folder.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'windows', include: ['test/windows/**/*.test.ts'], globalSetup: ['test/windows/set-up.ts'] },
      },
      { extends: true, test: { name: 'leftovers', include: [leftovers], sequence: { groupOrder: 1 } } },
    ],
  },
});

import { powerShellEnvironment } from 'powershell-driver/powershell-environment';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that start no PowerShell and no npm: they are done in seconds. */
const unit = [
  'packages/fake-entra/test/**/*.test.ts',
  'packages/ts-cmdlet/test/{build,generate,help,protocol,runtime,schema}/**/*.test.ts',
  'test/{auth,help,request}/**/*.test.ts',
  'test/borders.test.ts',
];
const leftovers = 'test/leftovers.test.ts';

export default defineConfig({
  test: {
    env: powerShellEnvironment,
    setupFiles: ['test/support/property-seed.ts'],
    reporters: ['default', './scripts/plain-summary-reporter.ts'],
    // A real shell and a real browser take their time on a busy machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // The temporary folder of all projects, which `leftovers` looks through once all others have ended.
    globalSetup: ['test/support/temporary-folder.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: unit } },
      {
        extends: true,
        test: {
          name: 'powershell',
          include: ['{test,packages/*/test}/**/*.test.ts'],
          // `npm run test:windows` has test/windows.
          exclude: [...configDefaults.exclude, ...unit, leftovers, 'test/windows/**'],
          globalSetup: ['test/support/found-powershell.ts'],
        },
      },
      { extends: true, test: { name: 'leftovers', include: [leftovers], sequence: { groupOrder: 1 } } },
    ],
  },
});

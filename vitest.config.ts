import { configDefaults, defineConfig } from 'vitest/config';
import { powerShellEnvironment } from './scripts/powershell-environment.ts';

/** Tests that start no PowerShell and no npm: they are done in seconds. */
const unit = [
  'test/{build,entra,generate,help}/**/*.test.ts',
  'test/host/{hostile-messages,ndjson,probe-types,run-cmdlet,serve-core}.test.ts',
  'test/sign-in/{authority-codes,loopback-server,network-client,token-cache-envelope,token-cache-files,wait-for}.test.ts',
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
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...unit, leftovers],
          globalSetup: ['test/support/found-powershell.ts'],
        },
      },
      { extends: true, test: { name: 'leftovers', include: [leftovers], sequence: { groupOrder: 1 } } },
    ],
  },
});

import { startShell, type TestShell } from 'powershell-driver/session';
import { afterAll, beforeAll } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe-module.ts';

// The probe module and one live shell that has imported it, for all tests of the file that imports this.

export let module: ProbeModule;
export let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule();
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

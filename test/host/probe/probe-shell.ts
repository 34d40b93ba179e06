import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { startShell, type TestShell } from '../../support/powershell.ts';
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

/** Waits for what a handler writes into a file when it ends, and gives it. */
export async function noteIn(file: string): Promise<string> {
  await vi.waitFor(() => expect(existsSync(file), file).toBe(true), { timeout: 10_000, interval: 20 });
  return readFile(file, 'utf8');
}

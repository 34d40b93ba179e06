import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { commandLineClientId } from '../src/directory.ts';
import { graphScope, MsalClients } from '../src/msal-client.ts';
import { startTourEntra } from '../src/tour.ts';

const scopes = [graphScope('AzureCloud')];

test('The tour signs its person in with a device code and no form', async () => {
  await using tour = await startTourEntra();
  await using msal = new MsalClients(tour.entra);
  const client = msal.publicClient('AzureCloud', 'organizations', commandLineClientId);
  const result = await client.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: () => {} });
  expect(result?.account?.username).toBe(tour.person.userPrincipalName);
  expect(result?.tenantId).toBe(tour.tenant.id);
});

describe('The authority as a process of its own', () => {
  const announced = Type.Object({
    environment: Type.Record(Type.String(), Type.String()),
    tenantId: Type.String(),
    userPrincipalName: Type.String(),
  });

  test.each(['its input ends', 'it is told to stop'])(
    'says how to reach it and leaves nothing behind when %s',
    async how => {
      const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('../src/serve.ts'))], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      const [line] = await once(createInterface(child.stdout), 'line');
      const { environment } = Value.Parse(announced, JSON.parse(String(line)));
      const caFile = environment.NODE_EXTRA_CA_CERTS ?? '';
      await access(caFile);
      expect(environment.HTTPS_PROXY).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      // Windows has no SIGTERM to catch: there a process ends by its input.
      if (how === 'its input ends' || process.platform === 'win32') child.stdin.end();
      else child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      await expect(access(caFile)).rejects.toThrow('ENOENT');
    },
  );
});

import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClientCertificate } from 'fake-entra/client-certificate';
import { startEntra } from 'fake-entra/entra';
import { runPowerShell } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { expect, test } from 'vitest';
import { manifest } from './sign-in-shell.ts';

// What PowerShell itself writes down of a call, or hands to others. On Linux module logging goes to the system's log
// (about_Logging_Non-Windows): the test is the system's log where there is none, as in a container.

function canBeLog(): boolean {
  try {
    accessSync('/dev', constants.W_OK);
    return process.platform === 'linux' && (!existsSync('/dev/log') || process.env.CI !== undefined);
  } catch {
    return false;
  }
}

const settings = {
  LogLevel: 'verbose',
  PowerShellPolicies: { ModuleLogging: { EnableModuleLogging: true, ModuleNames: ['*'] } },
};

test.runIf(canBeLog())(
  'no secret or token is in the log of modules, in a trace, or given to an alias of a command that the module uses',
  async () => {
    await using entra = await startEntra();
    entra.settings.deviceCodeInterval = 1;
    const folder = await mkdtemp(path.join(tmpdir(), 'logs-'));
    const fileOf = (name: string) => path.join(folder, name);
    const certificate = await createClientCertificate();
    const { id: tenant } = entra.directory.tenantOf('AzureCloud');
    const user = entra.directory.addUser({ tenantId: tenant, userPrincipalName: 'adele@contoso.example' });
    const secret = 'Gh4~logged-secret.value_W6';
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: secret }], certificates: [certificate] });
    entra.graph.collections.set('/v1.0/things', { items: [{ id: '1' }] });
    const environment = {
      ...entra.environment,
      HOME: folder,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      SECMGMT_TOKEN_CACHE: '',
    };
    try {
      const secrets = { clientId, tenant, thumbprint: certificate.thumbprint, secret };
      await writeFile(fileOf('secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
      await writeFile(fileOf('settings.json'), JSON.stringify(settings));
      await writeFile(fileOf('certificate.pfx'), certificate.pfx('pfx-password'));
      const install = `. ${quote(path.join(import.meta.dirname, 'sign-in.ps1'))}
        Import-ClientCertificate ${quote(fileOf('certificate.pfx'))} 'pfx-password'`;
      expect((await runPowerShell(['-Command', install], '', environment)).stderr).toBe('');
      await rm(fileOf('certificate.pfx'));

      const approved = entra.nextDeviceCode().then(({ userCode }) => entra.approveDevice(userCode, user));
      const files = ['secrets.json', 'log', 'trace'].map(fileOf);
      const script = path.join(import.meta.dirname, 'sweep-logs.ps1');
      const args = ['-NonInteractive', '-SettingsFile', fileOf('settings.json'), '-File', script, manifest, ...files];
      const { stdout, stderr } = await runPowerShell(args, '', environment);
      expect(stderr).toBe('');
      expect(stdout).not.toMatch(/^(failed|taken): /m);
      expect(Number(/^aliases: (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(5);
      await approved;

      const [log, trace] = await Promise.all(['log', 'trace'].map(name => readFile(fileOf(name), 'utf8')));
      for (const cmdlet of ['Connect-SecMgmtAccount', 'Invoke-SecMgmtRequest', 'New-SecMgmtAccessToken']) {
        expect(log).toContain(`CommandInvocation(${cmdlet})`);
        expect(trace).toContain(cmdlet);
      }
      const all = [{ name: 'the secret', value: secret }, ...entra.secretsInUse()];
      expect(all.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['client_secret', 'client_assertion', 'access_token', 'refresh_token', 'device_code']),
      );
      for (const { name, value } of all) {
        for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]) {
          const places = { stdout, log, trace };
          const found = Object.entries(places).flatMap(([place, text]) => (text?.includes(form) ? [place] : []));
          expect(found, `a secret (${name}) is there`).toEqual([]);
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

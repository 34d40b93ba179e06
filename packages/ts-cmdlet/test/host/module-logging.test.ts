import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runPowerShell } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { expect, test } from 'vitest';
import { makeProbeModule } from './probe/probe-module.ts';

// Where a policy turns module logging on, PowerShell on Linux writes what it binds to the system's log: about_PowerShell_Config,
// about_Logging_Non-Windows. The test is the system's log where there is none, as in a container.

const log = '/dev/log';

function canBeLog(): boolean {
  try {
    accessSync(path.dirname(log), constants.W_OK);
    return process.platform === 'linux' && !existsSync(log);
  } catch {
    return false;
  }
}

const settings = {
  LogLevel: 'verbose',
  PowerShellPolicies: { ModuleLogging: { EnableModuleLogging: true, ModuleNames: ['*'] } },
};

test.runIf(canBeLog())(
  'a password or a secret parameter is not in the log of modules, in which its call is',
  async () => {
    await using module = await makeProbeModule();
    const folder = await mkdtemp(path.join(tmpdir(), 'logging-'));
    const script = `
    $listener = [System.Net.Sockets.Socket]::new('Unix', 'Dgram', 'Unspecified')
    # Another test may have the log now.
    while ([System.IO.File]::Exists('${log}')) { Start-Sleep -Milliseconds 100 }
    $listener.Bind([System.Net.Sockets.UnixDomainSocketEndPoint]::new('${log}'))
    Import-Module ${quote(module.manifest)}
    $password = [securestring]::new()
    foreach ($code in ${[...'the secret itself'].map(letter => letter.charCodeAt(0)).join(', ')}) { $password.AppendChar([char] $code) }
    $arrived = Show-ProbeParameter -Text $password -Credential ([pscredential]::new('ada', $password))
    $listener.ReceiveTimeout = 2000
    $bytes = [byte[]]::new(65536)
    try { while ($count = $listener.Receive($bytes)) { [System.Text.Encoding]::UTF8.GetString($bytes, 0, $count) } } catch { }
    "arrived: $(($arrived | ConvertFrom-Json).Text.Length -eq 17 -and $arrived.Length -gt 50)"`;
    try {
      await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
      await writeFile(path.join(folder, 'script.ps1'), script);
      const files = ['settings.json', 'script.ps1'].map(name => path.join(folder, name));
      const { stdout } = await runPowerShell(['-SettingsFile', files[0] ?? '', '-File', files[1] ?? '']);
      expect(stdout).toContain('CommandInvocation(Show-ProbeParameter)');
      expect(stdout).toContain('arrived: True');
      expect(stdout).not.toContain('the secret itself');
    } finally {
      await rm(log, { force: true });
      await rm(folder, { recursive: true, force: true });
    }
  },
);

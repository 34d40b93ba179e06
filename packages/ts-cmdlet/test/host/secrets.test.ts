import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { countInMemory } from '../support/process-memory.ts';
import { hiddenText, newSecret, secureText } from './hidden-text.ts';
import { module, shell } from './probe/probe-shell.ts';

// What is left of a password in PowerShell's process. A .NET string cannot be wiped, and it has UTF-16: the bytes of the
// message to the core are UTF-8, and are looked for in all of the process's memory.

/** Makes `$credential` with a password that the script does not have as it is. */
const makeCredential = (secret: string) => `${secureText('password', secret)}
  $credential = [pscredential]::new('ada', $password)`;

describe('a password is not in', () => {
  test.each(['ParameterBinding', '*'])('what Trace-Command %s writes', async name => {
    const secret = newSecret();
    const file = path.join(module.scratch, 'trace');
    const script = `${makeCredential(secret)}
      $null = Trace-Command -Name ${quote(name)} -FilePath ${quote(file)} -Expression { Show-ProbeParameter -Credential $credential }
      [System.IO.File]::ReadAllText(${quote(file)})`;
    const [trace = ''] = await shell.run(Type.String(), script);
    await rm(file);
    expect(trace).toContain('Show-ProbeParameter');
    expect(trace).not.toContain(secret);
  });

  test("the hands of aliases for any command name that the module's script uses", async () => {
    const secret = newSecret();
    const text = await readFile(path.join(module.folder, 'HostProbe.psm1'), 'utf8');
    const script = `${makeCredential(secret)}
      Import-Module ${quote(module.manifest)} -Force
      $ast = [System.Management.Automation.Language.Parser]::ParseInput(${quote(text)}, [ref] $null, [ref] $null)
      $commands = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true))
      $functions = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true))
      $names = @(foreach ($command in $commands) { $command.GetCommandName() }; foreach ($function in $functions) { $function.Name })
      $names = @($names | Where-Object { $_ -and $_ -notlike '*-Probe*' } | Sort-Object -Unique)
      $global:taken = [System.Collections.Generic.List[string]]::new()
      function global:Receive-Call { $global:taken.Add("$($MyInvocation.InvocationName) $args") }
      foreach ($name in $names) { Set-Alias -Name $name -Value Receive-Call -Scope Global -Force }
      try { $arrived = Show-ProbeParameter -Credential $credential } finally {
        foreach ($name in $names) { [void] $ExecutionContext.SessionState.InvokeProvider.Item.Remove("alias:$name", $false) } }
      "$($taken -join ';')", "$($names -contains 'Invoke-OwnFunction')", "$($arrived.Contains(${hiddenText(secret)}))"`;
    expect(await shell.run(Type.String(), script)).toEqual(['', 'True', 'True']);
  });
});

describe.skipIf(process.platform !== 'linux')('the bytes of a password', () => {
  let id: number;

  beforeAll(async () => {
    [id = 0] = await shell.run(Type.Integer(), '$PID');
  });

  test('would be found', async () => {
    const secret = newSecret();
    await shell.run(Type.Null(), `$global:kept = [System.Text.Encoding]::UTF8.GetBytes(${hiddenText(secret)}); $null`);
    expect(await countInMemory(id, Buffer.from(secret))).toBeGreaterThan(0);
  });

  test.each([
    ['a short message', 1],
    ['a message of megabytes', 3_000_000],
  ])('are gone when %s with it has been handed over', async (_name, length) => {
    const secret = newSecret();
    const script = `${secureText('password', secret)}
      $arrived = Show-ProbeParameter -Text ('x' * ${length}) -Size large -Credential ([pscredential]::new('user', $password))
      $arrived.Length`;
    expect(await shell.run(Type.Integer(), script)).toEqual([64]);
    expect(await countInMemory(id, Buffer.from(secret))).toBe(0);
  });
});

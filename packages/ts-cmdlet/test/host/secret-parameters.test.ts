import { rm } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countInMemory } from '../support/process-memory.ts';
import { newSecret, secureText } from './hidden-text.ts';
import { module, shell } from './probe/probe-shell.ts';
import { makeTwinModule } from './probe/twin-module.ts';

// `secretParameters` of the probe: parameters of type string that take a SecureString as well. Show-ProbeParameter tells what
// arrived at its handler.

let secret: string;

beforeAll(async () => {
  await shell.run(
    Type.Null(),
    'function global:Read-Text { $input | ForEach-Object { ($_ | ConvertFrom-Json).Text } }; $null',
  );
});

beforeEach(async () => {
  secret = newSecret();
  await shell.run(Type.Null(), `${secureText('global:secret', secret)}; $null`);
});

const texts = (script: string) => shell.run(Type.Union([Type.String(), Type.Null()]), script);

describe('the text of a SecureString arrives', () => {
  test.each([
    ['on the command line', 'Show-ProbeParameter -Text $secret | Read-Text'],
    ['from a hashtable', '$all = @{ Text = $secret }; Show-ProbeParameter @all | Read-Text'],
    [
      'of a copy of the function',
      'Copy-Item function:Show-ProbeParameter function:global:Show-Copy; Show-Copy -Text $secret | Read-Text',
    ],
    ['wrapped in an object', 'Show-ProbeParameter -Text ([psobject] $secret) | Read-Text'],
  ])('%s', async (_name, script) => {
    expect(await texts(script)).toEqual([secret]);
  });

  test('by the property of each record, beside plain texts', async () => {
    const script =
      "[pscustomobject]@{ Name = $secret }, [pscustomobject]@{ Name = 'plain' }, [pscustomobject]@{ Name = $secret } | Measure-Probe";
    expect(await texts(script)).toEqual([`${secret} -`, 'plain -', `${secret} -`, 'sum 0 of 3']);
  });

  test('for all records of a pipeline and its end', async () => {
    expect(await texts('1, 2 | Measure-Probe -Name $secret')).toEqual([
      `${secret} 1`,
      `${secret} 2`,
      `sum 3 of 2 for ${secret}`,
    ]);
  });

  test('from a script block that gives the value of each record', async () => {
    expect(await texts('1, 2 | Measure-Probe -Name { $secret }')).toEqual([`${secret} 1`, `${secret} 2`, 'sum 3 of 2']);
  });

  test('at the plan that -WhatIf shows', async () => {
    const shown = await shell.show('$secret, $secret | Remove-ProbeMarker -Handler Confirm -WhatIf');
    expect(shown.split(secret)).toHaveLength(3);
  });

  test('when the core of the session has ended, at the new one', async () => {
    const script = `$id = (Test-Probe Process).Id; $process = [System.Diagnostics.Process]::GetProcessById($id)
      $process.Kill(); $process.WaitForExit(); Show-ProbeParameter -Text $secret -WarningAction Ignore | Read-Text`;
    expect(await texts(script)).toEqual([secret]);
  });

  test('at either of two modules, each with a host of its own, also with a prefix', async () => {
    await using twin = await makeTwinModule();
    const script = `Import-Module ${quote(twin.manifest)}; Import-Module ${quote(module.manifest)} -Prefix Other -Force
      Show-OtherProbeParameter -Text $secret | Read-Text; 1 | Measure-Twin -Name $secret
      Import-Module ${quote(module.manifest)} -Force; Remove-Module Twin*`;
    expect(await texts(script)).toEqual([secret, `${secret} 1`, `sum 1 of 1 for ${secret}`]);
  });

  test('in a runspace of its own', async () => {
    const script = `$shell = [powershell]::Create()
      try {
        $null = $shell.AddScript({ param($Manifest, $Secret) Import-Module $Manifest; Show-ProbeParameter -Text $Secret; Remove-Module HostProbe })
        $shell.AddArgument(${quote(module.manifest)}).AddArgument($secret).Invoke() | Read-Text } finally { $shell.Dispose() }`;
    expect(await texts(script)).toEqual([secret]);
  });
});

test('a text arrives as it is, and so do an empty SecureString and one of white space', async () => {
  const script = `Show-ProbeParameter -Text 'System.Security.SecureString' | Read-Text
    Show-ProbeParameter -Text 0123456789ABCDEF0123456789ABCDEF | Read-Text
    Show-ProbeParameter -Text ([securestring]::new()) | Read-Text
    $blank = [securestring]::new(); $blank.AppendChar(' '); Show-ProbeParameter -Text $blank | Read-Text`;
  expect(await texts(script)).toEqual(['System.Security.SecureString', '0123456789ABCDEF0123456789ABCDEF', '', ' ']);
});

test('a SecureString of white space is refused where a text of it is', async () => {
  const script = `$blank = [securestring]::new(); $blank.AppendChar(' ')
    foreach ($name in ' ', $blank) { try { Remove-ProbeMarker $name -Handler Confirm } catch { $_.FullyQualifiedErrorId } }`;
  expect(await texts(script)).toEqual(Array(2).fill('ParameterArgumentValidationError,Remove-ProbeMarker'));
});

test('Get-Help and Get-Command show the type of the help', async () => {
  const script = `$command = Get-Command Show-ProbeParameter
    $command.Parameters['Text'].ParameterType.FullName
    (Get-Command Show-ProbeParameter -Syntax) -match '\\[-Text <string>\\]'
    (Get-Help Show-ProbeParameter -Parameter Text).type.name`;
  expect(await shell.run(Type.Unknown(), script)).toEqual(['System.String', true, 'String']);
});

test('a job has a SecureString of its own, and its tickets and those of its caller are texts at the other', async () => {
  const file = path.join(module.scratch, 'trace');
  const script = `$attribute = (Get-Command Show-ProbeParameter).Parameters['Text'].Attributes.Where({ "$_" -match 'SecretText' })[0]
    $ticket = $attribute.Transform($ExecutionContext, $secret)
    $in = {
      param($Manifest, $Secret, $Ticket, $File)
      $Secret.GetType().FullName
      Import-Module $Manifest
      Trace-Command -Name ParameterBinding -FilePath $File -Expression { Show-ProbeParameter -Text $Secret } | ForEach-Object { ($_ | ConvertFrom-Json).Text }
      (Show-ProbeParameter -Text $Ticket | ConvertFrom-Json).Text -eq $Ticket
    }
    Start-Job $in -ArgumentList ${quote(module.manifest)}, $secret, $ticket, ${quote(file)} | Receive-Job -Wait -AutoRemoveJob
    $trace = [System.IO.File]::ReadAllText(${quote(file)}); $trace
    $ofJob = [regex]::Match($trace, '\\b[0-9A-F]{32}\\b').Value
    $ofJob -ne '' -and $ofJob -ne $ticket -and (Show-ProbeParameter -Text $ofJob | Read-Text) -eq $ofJob`;
  const [type, arrived, isText, trace, isOfJobAlone] = await shell.run(Type.Unknown(), script);
  await rm(file);
  expect([type, arrived, isText, isOfJobAlone]).toEqual(['System.Security.SecureString', secret, true, true]);
  expect(trace).toContain('Show-ProbeParameter');
  expect(trace).not.toContain(secret);
});

describe('what is bound in the place of a SecureString', () => {
  test.each(['ParameterBinding', '*'])(
    'is a ticket in what Trace-Command %s writes, which redeems nothing',
    async name => {
      const file = path.join(module.scratch, 'trace');
      const script = `$arrived = Trace-Command -Name ${quote(name)} -FilePath ${quote(file)} -Expression { Show-ProbeParameter -Text $secret }
      $arrived | Read-Text; [System.IO.File]::ReadAllText(${quote(file)})`;
      const [arrived, trace = ''] = await texts(script);
      await rm(file);
      expect(arrived).toBe(secret);
      expect(trace).toContain('Show-ProbeParameter');
      expect(trace).not.toContain(secret);
      const [ticket = ''] = /\b[0-9A-F]{32}\b/.exec(trace ?? '') ?? [];
      expect(ticket).not.toBe('');
      expect(await texts(`Show-ProbeParameter -Text ${ticket} | Read-Text`)).toEqual([ticket]);
    },
  );

  test('is a text as the argument of a call, also where none has taken it', async () => {
    const script = `$attribute = (Get-Command Show-ProbeParameter).Parameters['Text'].Attributes.Where({ "$_" -match 'SecretText' })[0]
      $ticket = $attribute.Transform($ExecutionContext, $secret)
      $ticket -match '^[0-9A-F]{32}$'; 1..2 | ForEach-Object { (Show-ProbeParameter -Text $ticket | Read-Text) -eq $ticket }`;
    expect(await shell.run(Type.Unknown(), script)).toEqual([true, true, true]);
  });

  test('goes with the call that failed to bind', async () => {
    const script = `$weak = & { 1..200 | ForEach-Object {
        $one = [securestring]::new(); $one.AppendChar('x')
        try { Show-ProbeParameter -Text $one -Number none } catch { }
        [System.WeakReference]::new($one) }; $one = $null }
      $Error.Clear()
      1..5 | ForEach-Object { [System.GC]::Collect(); [System.GC]::WaitForPendingFinalizers() }
      @($weak | Where-Object IsAlive).Count -lt 5`;
    expect(await shell.run(Type.Boolean(), script)).toEqual([true]);
  });
});

test.skipIf(process.platform !== 'linux')(
  "the text of a SecureString is in no memory of PowerShell's process after the call",
  async () => {
    const [id = 0] = await shell.run(Type.Integer(), '$PID');
    expect(await shell.run(Type.Integer(), '(Show-ProbeParameter -Text $secret -Size large).Length')).toEqual([64]);
    expect(await countInMemory(id, Buffer.from(secret))).toBe(0);
  },
);

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runPowerShell, runScript, startPowerShell, toLines } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterEach, describe, expect, test } from 'vitest';
import { makeProbeModule } from './probe/probe-module.ts';
import { module, shell } from './probe/probe-shell.ts';
import { allEnded, noteIn } from './processes.ts';

// ShouldProcess and ShouldContinue, asked by a handler and answered by a user: about_Functions_CmdletBindingAttribute,
// about_Preference_Variables. Set-ProbeMarker writes files, so that what has run is what can be found.

afterEach(async () => {
  for (const file of await markers()) await rm(path.join(module.scratch, file));
});

const markers = async () => (await readdir(module.scratch)).filter(name => name.startsWith('marker')).sort();
const marker = (name: string) => quote(path.join(module.scratch, `marker-${name}`));

describe('nothing runs, and nothing is left,', () => {
  test.each([
    ['under -WhatIf', '', '-WhatIf'],
    ['under $WhatIfPreference', '$WhatIfPreference = $true', ''],
    ['under $WhatIfPreference, -Confirm:$false or not', '$WhatIfPreference = $true', '-Confirm:$false'],
    ['under -WhatIf, whatever $ConfirmPreference says', "$ConfirmPreference = 'None'", '-WhatIf'],
  ])('%s', async (_name, before, options) => {
    const shown = await shell.show(`& { ${before}; Set-ProbeMarker ${marker('a')} ${options} } 3>$null`);
    expect(shown.replaceAll(/\s+/g, ' ').trim()).toBe(
      `What if: Performing the operation "Write a marker" on target "${path.join(module.scratch, 'marker-a')}".`,
    );
    expect(await markers()).toEqual([]);
  });

  test('of a pipeline of several', async () => {
    const shown = await shell.show(`${marker('a')}, ${marker('b')} | Set-ProbeMarker -WhatIf -WarningAction Ignore`);
    expect(shown.match(/What if:/g)).toHaveLength(2);
    expect(await markers()).toEqual([]);
  });
});

test('a core is told of -WhatIf, so that it need not ask', async () => {
  await using told = await makeProbeModule(path.join(import.meta.dirname, 'fake-cores', 'parrot.mjs'));
  const output = { jsonrpc: '2.0', method: 'stream/output', params: { invocation: '@id', values: ['@whatIf'] } };
  const said = Buffer.from(`${JSON.stringify(output)}\n`).toString('base64');
  const call = `Set-ProbeMarker ${quote(said)}`;
  const lines = await runScript(`Import-Module ${quote(told.manifest)}
    ${call} -WhatIf; ${call} -WhatIf:$false; ${call} -Confirm:$false
    $WhatIfPreference = $true; ${call} -WhatIf; ${call} -WhatIf:$false`);
  expect(lines).toEqual(['True', 'False', 'False', 'True', 'False']);
});

test.each([
  ['by default', '', ''],
  ['with -Confirm:$false', "$ConfirmPreference = 'Low'", '-Confirm:$false'],
  ['with -WhatIf:$false', '$WhatIfPreference = $true', '-WhatIf:$false'],
  ['under $ConfirmPreference = None', "$ConfirmPreference = 'None'", ''],
])('it runs without a question %s', async (_name, before, options) => {
  await shell.run(Type.String(), `& { ${before}; Set-ProbeMarker ${marker('a')} ${options} } 3>$null`);
  expect(await markers()).toEqual(['marker-a']);
});

test.each([
  ['-Confirm', '', '-Confirm'],
  ['$ConfirmPreference = Medium', "$ConfirmPreference = 'Medium'", ''],
])('%s is an error, and nothing runs, where nobody can be asked', async (_name, before, options) => {
  const script = `& { ${before}; try { Set-ProbeMarker ${marker('a')} ${options} } catch { $_.FullyQualifiedErrorId } } 3>$null 6>$null`;
  const shown = toLines(await shell.show(script));
  expect(shown.at(-1)).toMatch(/,Set-ProbeMarker$/);
  expect(await markers()).toEqual([]);
});

describe('the user', () => {
  /** Runs a script in a shell of its own and gives it the answers, a line each. */
  async function answer(script: string, ...answers: string[]) {
    const before = `Import-Module ${quote(module.manifest)}; $WarningPreference = 'Ignore'`;
    return runPowerShell(['-Command', `${before}; ${script}; 'the end'`], answers.map(text => `${text}\n`).join(''));
  }

  test.each([
    ['yes', ['y', 'y'], ['marker-a', 'marker-b']],
    ['no', ['n', 'n'], []],
    ['yes and then no', ['y', 'n'], ['marker-a']],
    ['yes to all', ['a'], ['marker-a', 'marker-b']],
    ['no to all', ['l'], []],
    ['nothing, which is yes', ['', ''], ['marker-a', 'marker-b']],
  ])('says %s to -Confirm', async (_name, answers, expected) => {
    const { stdout, stderr } = await answer(
      `${marker('a')}, ${marker('b')} | Set-ProbeMarker -Confirm -WarningAction Ignore`,
      ...answers,
    );
    expect(stderr).toBe('');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Performing the operation "Write a marker" on target "');
    expect(stdout.match(/\[Y\] Yes/g)).toHaveLength(answers.length);
    expect(toLines(stdout).at(-1)).toMatch(/the end$/);
    expect(await markers()).toEqual(expected);
  });

  test('is asked by $ConfirmPreference, and again when the next call is made', async () => {
    const call = `Set-ProbeMarker ${marker('a')}`;
    const { stdout } = await answer(`$ConfirmPreference = 'Medium'; ${call}; ${call}`, 'a', 'n');
    expect(stdout.match(/\[Y\] Yes/g)).toHaveLength(2);
  });

  test('can say no in the middle of the work', async () => {
    const { stdout } = await answer(`Set-ProbeMarker ${marker('a')} -Ask -Confirm`, 'y', 'n');
    expect(stdout).toContain('"Write the rest"');
    expect(await readFile(path.join(module.scratch, 'marker-a'), 'utf8')).toBe('started');
  });

  test.each([
    ['y', 'True'],
    ['n', 'False'],
  ])('answers %s to ShouldContinue', async (text, expected) => {
    const { stdout } = await answer('"answer: $(Test-Probe Continue -Text "Really?")"', text);
    expect(stdout).toContain('The caption');
    expect(stdout).toContain('Really?');
    expect(toLines(stdout).at(-2)).toMatch(new RegExp(`answer: ${expected}$`));
  });
});

test('a core that is killed while its question waits is told once there is an answer, and the next call works', async () => {
  const file = path.join(module.scratch, 'core-id');
  const script = `Import-Module ${quote(module.manifest)}; [System.IO.File]::WriteAllText(${quote(file)}, (Test-Probe Process).Id)
    try { Test-Probe Continue -Text 'Really?' } catch { "$($_.FullyQualifiedErrorId): $_" }
    "next: $(Test-Probe Print), errors: $($Error.Count)"`;
  await using session = await startPowerShell(['-Command', script]);
  await session.waitForOutput('[Y] Yes');
  const id = Number(await noteIn(file));
  process.kill(id, 'SIGKILL');
  await allEnded([id]);
  session.write('y\n');
  session.end();
  const { stdout, stderr } = await session.ended;
  expect(toLines(stdout).slice(-2)).toEqual([
    expect.stringMatching(
      /CoreEnded,Test-Probe: The call was not completed, because the core of HostProbe failed: it \w/,
    ),
    'next: still here, errors: 1',
  ]);
  expect(stderr).toBe('');
});

test('ShouldContinue is an error where nobody can be asked, whatever the preferences', async () => {
  const script = `& { $ConfirmPreference = 'None'; try { Test-Probe Continue } catch { $_.FullyQualifiedErrorId } } 6>$null`;
  expect(toLines(await shell.show(script)).at(-1)).toMatch(/,Test-Probe$/);
  expect(await shell.run(Type.Object({ Index: Type.Integer() }), 'Test-Probe Objects')).toMatchObject([{ Index: 0 }]);
});

test('-Confirm in a shell that cannot ask is the error that it is of a compiled cmdlet', async () => {
  const file = path.join(module.scratch, 'cannot ask');
  await writeFile(file, '');
  const facts = `"$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.Exception.GetType()) $($_.CategoryInfo.Category) $_ $($_.ErrorDetails)"; $Error.Count; $Error.Clear()`;
  const [compiled, ours, next] = await Promise.all(
    [
      `Remove-Item ${quote(file)} -Confirm`,
      `${marker('a')} | Set-ProbeMarker -Confirm -WarningAction Ignore`,
      'Test-Probe Print',
    ].map(call =>
      runPowerShell([
        '-NonInteractive',
        '-Command',
        `Import-Module ${quote(module.manifest)}; $Error.Clear(); try { ${call} } catch { ${facts} }`,
      ]),
    ),
  );
  expect(compiled?.stdout).toContain('PSInvalidOperationException');
  expect(ours?.stdout).toBe(compiled?.stdout);
  expect(next?.stdout.trim()).toBe('still here');
});

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeProbeModule } from './probe/probe-module.ts';
import { module, shell } from './probe/probe-shell.ts';
import { noteIn } from './processes.ts';

// Ctrl+C while a question waits for its user: nothing of what was asked about is done, the handler is told that the call is
// over, nothing is in $Error, and the same core answers the next.

beforeAll(async () => {
  await shell.show(`. ${quote(path.join(import.meta.dirname, 'waiting-host.ps1'))}`);
});

const Stopped = Type.Object({
  state: Type.String(),
  output: Type.Array(Type.Unknown()),
  errors: Type.Integer(),
  next: Type.Array(Type.Unknown()),
  faults: Type.Array(Type.String()),
});

const coreId = '(Test-Probe Process).Id';

/** Stops a call while it asks, in a runspace of its own, and calls the same core again. */
async function stopAtQuestion(call: string) {
  const before = `Import-Module ${quote(module.manifest)}; $global:before = ${coreId}`;
  const script = `try { ${call}; 'not reached' } finally { $global:left = 'left' }`;
  const next = `$left; "same core: $($before -eq ${coreId})"; "errors: $($Error.Count)"`;
  const stopped = await shell.run(Stopped, `Stop-WhileAsked ${quote(before)} ${quote(script)} ${quote(next)}`);
  expect(stopped).toEqual([
    {
      state: 'Stopped',
      output: ['stopped'],
      errors: 0,
      next: ['left', 'same core: True', 'errors: 0'],
      faults: [],
    },
  ]);
}

describe('Ctrl+C stops a call that waits for an answer', () => {
  const marker = (name: string) => path.join(module.scratch, `marker-${name}`);

  test('to what its plan asks, and nothing is done', async () => {
    const file = marker('plan');
    await stopAtQuestion(`Set-ProbeMarker ${quote(file)} -Confirm -WarningAction Ignore`);
    expect(existsSync(file)).toBe(false);
  });

  test('in the middle of a pipeline, and no further record is asked about', async () => {
    const file = marker('records');
    await stopAtQuestion(`${quote(file)}, ${quote(file)} | Set-ProbeMarker -Confirm -WarningAction Ignore`);
    expect(existsSync(file)).toBe(false);
  });

  test('to ShouldProcess in the middle of its work, and the rest is not done', async () => {
    const file = marker('rest');
    await stopAtQuestion(`$ConfirmPreference = 'Low'; Set-ProbeMarker ${quote(file)} -Ask -WarningAction Ignore`);
    expect(existsSync(file)).toBe(false);
  });

  test('to ShouldContinue, and its handler is told', async () => {
    const file = path.join(module.scratch, 'note-continue');
    await stopAtQuestion(`Test-Probe Continue -Path ${quote(file)}`);
    expect(await noteIn(file)).toBe('stopped');
  });
});

test('the core hears of it, and an answer that comes late does no harm', async () => {
  await using fake = await makeProbeModule(path.join(import.meta.dirname, 'fake-cores', 'misbehaving.mjs'));
  const file = path.join(fake.scratch, 'cancelled');
  const before = `Import-Module ${quote(fake.manifest)}; $global:before = Test-Probe Print -Text well`;
  const call = "Test-Probe Print -Text 'a question'";
  const next = '$before -eq (Test-Probe Print -Text well)';
  const [stopped] = await shell.run(
    Stopped,
    `try { $env:FAKE_CORE_FILE = ${quote(file)}; Stop-WhileAsked ${quote(before)} ${quote(call)} ${quote(next)} } finally { $env:FAKE_CORE_FILE = $null }`,
  );
  expect(stopped).toMatchObject({ state: 'Stopped', errors: 0, next: [true], faults: [] });
  expect(await readFile(`${file}-cancelled`, 'utf8')).toBe('a question');
});

import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { countInMemory } from '../support/process-memory.ts';
import { shell } from './probe/probe-shell.ts';

// What is left of a password in PowerShell's process. A .NET string cannot be wiped, and it has UTF-16: the bytes of the
// message to the core are UTF-8, and are looked for in all of the process's memory.

/** An expression of a text whose script does not have the text: script stays in memory. */
function hiddenText(text: string): string {
  const codes = [...text].map(character => character.charCodeAt(0) + 1);
  return `[string]::new([char[]] @(${codes.join(', ')}).ForEach({ [char] ($_ - 1) }))`;
}

describe.skipIf(process.platform !== 'linux')('the bytes of a password', () => {
  const newSecret = () => randomBytes(16).toString('hex');
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
    const script = `$password = [securestring]::new()
      foreach ($character in ${hiddenText(secret)}.ToCharArray()) { $password.AppendChar($character) }
      $arrived = Show-ProbeParameter -Text ('x' * ${length}) -Size large -Credential ([pscredential]::new('user', $password))
      $arrived.Length`;
    expect(await shell.run(Type.Integer(), script)).toEqual([64]);
    expect(await countInMemory(id, Buffer.from(secret))).toBe(0);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { manifest } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

// Resolve-SecMgmtError in PowerShell: what it finds in $Error, and what it makes of an error record.

let shell: TestShell;
let folder: string;

beforeAll(async () => {
  [shell, folder] = await Promise.all([startShell(manifest), mkdtemp(path.join(tmpdir(), 'resolve-'))]);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => shell.show('$global:Error.Clear()'));

const Resolved = Type.Object({
  Message: Type.String(),
  RecommendedAction: Type.Union([Type.String(), Type.Null()]),
  ErrorId: Type.String(),
  Category: Type.String(),
  Target: Type.Union([Type.String(), Type.Null()]),
  Code: Type.Union([Type.String(), Type.Null()]),
  CorrelationId: Type.Union([Type.String(), Type.Null()]),
  IsRetriable: Type.Union([Type.Boolean(), Type.Null()]),
  Data: Type.Record(Type.String(), Type.String()),
  Exception: Type.String(),
  InnerExceptions: Type.Array(Type.String()),
  Command: Type.Union([Type.String(), Type.Null()]),
  ScriptName: Type.Union([Type.String(), Type.Null()]),
  ScriptLineNumber: Type.Union([Type.Number(), Type.Null()]),
});

const malformed = `Connect-SecMgmtAccount -AccessToken 'none' -ErrorAction SilentlyContinue`;
const invalidTenant = `Connect-SecMgmtAccount -Tenant 'not a tenant!' -WhatIf -ErrorAction SilentlyContinue`;
/** Has errors as they come in a session: the statements end, the session goes on. */
const failing = (...commands: string[]) => commands.map(command => `try { ${command} } catch { }`).join('\n');

async function resolve(script: string, before = '') {
  return await shell.run(Resolved, `${before}\n${script}`);
}

test('without parameters the errors of this module alone are displayed, the latest first', async () => {
  const before = failing(malformed, 'Get-Item ./none -ErrorAction Stop', invalidTenant, "throw 'a text'");
  const ids = (await resolve('Resolve-SecMgmtError', before)).map(({ ErrorId }) => ErrorId);
  expect(ids).toEqual(['InvalidTenant,Connect-SecMgmtAccount', 'MalformedAccessToken,Connect-SecMgmtAccount']);
});

test('-Last takes the last error of this module, whatever has failed after it', async () => {
  const resolved = await resolve('Resolve-SecMgmtError -Last', failing(malformed, invalidTenant, "throw 'a text'"));
  expect(resolved).toMatchObject([
    {
      Message: expect.stringContaining('is neither a tenant id nor a domain name'),
      RecommendedAction: expect.stringContaining('such as contoso.onmicrosoft.com'),
      ErrorId: 'InvalidTenant,Connect-SecMgmtAccount',
      Category: 'InvalidArgument',
      Exception: 'System.ArgumentException',
      Command: 'Connect-SecMgmtAccount',
      Code: null,
      IsRetriable: null,
    },
  ]);
});

test('an error at binding is an error of the module too', async () => {
  const resolved = await resolve('Resolve-SecMgmtError -Last', failing("Connect-SecMgmtAccount -AccessToken ''"));
  expect(resolved).toMatchObject([
    { ErrorId: 'ParameterArgumentValidationError,Connect-SecMgmtAccount', Command: 'Connect-SecMgmtAccount' },
  ]);
});

test('nothing is displayed where there is none, and the verbose stream says so', async () => {
  expect(await resolve('Resolve-SecMgmtError; Resolve-SecMgmtError -Last', failing("throw 'a text'"))).toEqual([]);
  expect(await shell.show('Resolve-SecMgmtError -Verbose 4>&1')).toContain('No SecMgmt cmdlet has had an error');
});

test('the facts of a service have properties of their own, and others stay in Data', async () => {
  // As the authority's refusals and Retry-After leave them (docs/sign-in.md, "Errors").
  const before = `
    $exception = [System.Security.Authentication.AuthenticationException]::new('refused', [System.Exception]::new('inner'))
    $facts = @{ ErrorCode = 'AADSTS50076'; CorrelationId = 'c-1'; IsRetriable = 'False'; RetryAfterSeconds = '7' }
    foreach ($name in $facts.Keys) { $exception.Data[$name] = $facts[$name] }
    $record = [System.Management.Automation.ErrorRecord]::new($exception, 'MultiFactorRequired', 'AuthenticationError', 'a tenant')`;
  const expected = {
    Message: 'refused',
    RecommendedAction: null,
    ErrorId: 'MultiFactorRequired',
    Target: 'a tenant',
    Code: 'AADSTS50076',
    CorrelationId: 'c-1',
    IsRetriable: false,
    Data: { RetryAfterSeconds: '7' },
    InnerExceptions: ['System.Exception: inner'],
  };
  expect(await resolve('Resolve-SecMgmtError $record', before)).toMatchObject([expected]);
  expect(await resolve('$record, $record | Resolve-SecMgmtError', before)).toMatchObject([expected, expected]);
});

test('the place in a script is told, and what was typed there is not', async () => {
  const file = path.join(folder, 'connect.ps1');
  const token = unsignedToken({ exp: 1 });
  await writeFile(file, `# The first line.\nConnect-SecMgmtAccount -AccessToken '${token}'\n`);
  const shown = await shell.show(
    `${failing(`& ${quote(file)}`)}; Resolve-SecMgmtError -Last | Format-List * | Out-String -Width 400`,
  );
  expect(shown).toMatch(/ErrorId +: MalformedAccessToken,Connect-SecMgmtAccount/);
  expect(shown).toMatch(/ScriptLineNumber +: 2\b/);
  expect(shown).toContain(file);
  expect(shown).not.toContain(token);
});

test('what has been resolved leaves $Error as it was', async () => {
  const counts = await shell.run(
    Type.Number(),
    `${failing(malformed)}; $before = $global:Error.Count; [void] (Resolve-SecMgmtError); $before; $global:Error.Count`,
  );
  expect(counts).toEqual([1, 1]);
});

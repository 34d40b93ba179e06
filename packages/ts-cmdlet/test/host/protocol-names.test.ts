import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, expect, test } from 'vitest';
import { METHODS } from '../../src/protocol/protocol.ts';
import type { SCALAR_TYPES } from '../../src/schema/scalar-types.ts';
import { shell } from './probe/probe-shell.ts';

// Both sides of the protocol have its tables from one place: what TypeScript's side names, PowerShell's side knows.

/** A value of each type, as PowerShell makes it. */
const examples: { readonly [Name in keyof typeof SCALAR_TYPES]: string } = {
  'System.Int64': '9007199254740993L',
  'System.UInt64': '18446744073709551615ul',
  'System.Decimal': '1.50d',
  'System.Numerics.BigInteger': "[bigint]::Parse('1180591620717411303424')",
  'System.DateTime': "[datetime]::new(2024, 2, 29, 1, 2, 3, [System.DateTimeKind] 'Utc')",
  'System.DateTimeOffset': "[System.DateTimeOffset]::Parse('2024-02-29T01:02:03+05:30')",
  'System.TimeSpan': "[timespan] '1.02:03:04.0050000'",
  'System.Guid': "[guid] '6f9619ff-8b86-d011-b42d-00c04fc964ff'",
  'System.Uri': "[uri] 'https://example.com/a?b=c'",
  'System.Version': "[version] '1.2.3.4'",
  'System.Management.Automation.SemanticVersion': "[semver] '1.2.3-beta.1+build.5'",
  'System.Net.IPAddress': "[ipaddress] '::1'",
  'System.Net.Mail.MailAddress': "[mailaddress] 'ada@example.com'",
  'System.Globalization.CultureInfo': "[cultureinfo] 'de-DE'",
  'System.Xml.XmlDocument': "[xml] '<a />'",
  'System.Security.SecureString': "(ConvertTo-TestPassword 'p')",
  'System.Byte[]': '[byte[]] (1, 2)',
  'System.Double': '[double]::NaN',
};

beforeAll(() => shell.show(`. ${quote(path.join(import.meta.dirname, 'compare-values.ps1'))}`));

test.each(Object.entries(examples))('a %s crosses, to a handler and back', async (name, expression) => {
  const script = `$sent = ${expression}; $got = Copy-ProbeValue $sent; $got.GetType().FullName; Compare-Value $sent $got`;
  expect(await shell.run(Type.String(), script)).toEqual([name]);
});

test('each message of a core is one that PowerShell knows', async () => {
  const constants = `[System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'TsCmdlet.Host' })[0].GetType('TsCmdlet.Host.Protocol').GetFields().Where({ $_.FieldType -eq [string] }).ForEach({ $_.GetRawConstantValue() })`;
  const known = await shell.run(Type.String(), `$null = Copy-ProbeValue 1; ${constants}`);
  expect(known.sort()).toEqual(Object.values(METHODS).sort());
});

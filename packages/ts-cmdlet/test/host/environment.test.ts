import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeEach, expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';

// A core has the environment that the session has at each call, though it was started by the first.

const text = (script: string) => shell.run(Type.String(), script);
const variable = (name: string) => `Test-Probe Variable -Text ${name}`;

beforeEach(async () => {
  await text(`Import-Module ${quote(module.manifest)} -Force; Test-Probe Print`);
});

test('a variable that is set, changed or removed after the core has started is so in the next call', async () => {
  const script = `(Test-Probe Process).Id
    ${variable('PROBE_A')}; $env:PROBE_A = 'first'; ${variable('PROBE_A')}
    $env:PROBE_A = "sec;ond '\u00fc \u{1f600}"; ${variable('PROBE_A')}
    Remove-Item env:PROBE_A; ${variable('PROBE_A')}; (Test-Probe Process).Id`;
  const [before, ...others] = await shell.run(Type.Unknown(), script);
  const changed = "sec;ond '\u00fc \u{1f600}";
  expect(others).toEqual(['none null', 'first first', `${changed} ${changed}`, 'none null', before]);
});

test('each record of a pipeline has the environment of its moment', async () => {
  const script = `1..3 | ForEach-Object { $env:PROBE_B = "$_"; ${variable('PROBE_B')} }`;
  expect(await text(script)).toEqual(['1 1', '2 2', '3 3']);
});

test('variables that are kept from a core are kept from it in a later call as well', async () => {
  const script = `$env:NODE_OPTIONS = '--no-warnings'; $env:OPENSSL_CONF = 'x'; $env:SSLKEYLOGFILE = 'x'; $env:NODE_EXTRA_CA_CERTS = 'none'; $env:NODE_DISABLE_COMPILE_CACHE = '1'
    (Test-Probe Process).Names.Where({ $_ -match '^(NODE_|OPENSSL_|SSLKEY)' }) | Sort-Object
    $env:NODE_OPTIONS = $env:OPENSSL_CONF = $env:SSLKEYLOGFILE = $env:NODE_EXTRA_CA_CERTS = $null`;
  expect(await text(script)).toEqual(['NODE_DISABLE_COMPILE_CACHE', 'NODE_EXTRA_CA_CERTS']);
});

test('the authorities that NODE_EXTRA_CA_CERTS names later are trusted for as long as it names them', async () => {
  const trusted = "Test-Probe Trust -Text 'CN=Probe Authority'";
  const file = path.join(import.meta.dirname, 'probe', 'authority.pem');
  const script = `${trusted}; $env:NODE_EXTRA_CA_CERTS = ${quote(file)}; ${trusted}
    $env:NODE_EXTRA_CA_CERTS = ${quote(`${file}.none`)}; ${trusted}; $env:NODE_EXTRA_CA_CERTS = $null; ${trusted}
    Test-Probe Trust -Text 'CN='`;
  expect(await shell.run(Type.Boolean(), script)).toEqual([false, true, false, false, true]);
});

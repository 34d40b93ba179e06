import fc from 'fast-check';
import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awkwardText, defineUnits, units } from '../../packages/ts-cmdlet/test/host/awkward-text.ts';
import { manifest } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

// Each parameter of Connect-SecMgmtAccount that is a text, in a preview: what it is given is refused with an error of its
// own, or is shown on one line. No text is a fault of the module, and none is sent anywhere.

let shell: TestShell;

beforeAll(async () => {
  // `npm test` has built it.
  shell = await startShell(manifest);
  await shell.run(Type.Unknown(), defineUnits);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
});

const id = '00001111-aaaa-2222-bbbb-3333cccc4444';
const credential = (user: string, password: string) =>
  `([pscredential]::new(${user}, [System.Net.NetworkCredential]::new('', ${password}).SecurePassword))`;
const claims = { tid: id, oid: id, aud: 'a', appid: id, exp: Math.floor(Date.now() / 1000) + 3600 };

const callsWith: readonly [string, (text: string) => string][] = [
  ['-Tenant', text => `-Tenant ${units(text)}`],
  ['-AccessToken', text => `-AccessToken ${units(text)}`],
  ['-ApplicationId', text => `-ApplicationId ${units(text)} -RefreshToken r -Tenant ${id}`],
  ['-RefreshToken', text => `-ApplicationId ${id} -RefreshToken ${units(text)} -Tenant ${id}`],
  [
    '-CertificateThumbprint',
    text => `-ServicePrincipal -ApplicationId ${id} -CertificateThumbprint ${units(text)} -Tenant ${id}`,
  ],
  [
    'the user name of -Credential',
    text => `-ServicePrincipal -Credential ${credential(units(`u${text}`), "'p'")} -Tenant ${id}`,
  ],
  [
    'the password of -Credential',
    text => `-ServicePrincipal -Credential ${credential(`'${id}'`, units(text))} -Tenant ${id}`,
  ],
  ['the account of an access token', text => `-AccessToken ${units(unsignedToken({ ...claims, upn: text }))}`],
  ['the audience of an access token', text => `-AccessToken ${units(unsignedToken({ ...claims, aud: text }))}`],
];

const ownErrors =
  /^(Invalid|Malformed|Conflicting|Missing|TextNotUnicode|ParameterArgumentValidationError|ParameterBinding)\w*,Connect-SecMgmtAccount$/;

test.each(callsWith)('%s', async (_name, callWith) => {
  await fc.assert(
    fc.asyncProperty(awkwardText, async text => {
      const before = shell.screen.length;
      const script = `try { Connect-SecMgmtAccount ${callWith(text)} -WhatIf 3>$null; 'shown' } catch { $_.FullyQualifiedErrorId }`;
      const [outcome = ''] = await shell.run(Type.String(), script);
      const shown = shell.screen.slice(before);
      if (outcome === 'shown') {
        expect(shown.join('')).toMatch(/^What if: Performing the operation "Sign in .*" on target ".*"\.$/);
      } else {
        expect(outcome).toMatch(ownErrors);
        expect(shown).toEqual([]);
      }
      for (const line of shown) expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }),
    { numRuns: 50 },
  );
});

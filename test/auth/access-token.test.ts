import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAccessToken } from '../../src/auth/access-token.ts';
import { unsignedToken } from '../support/access-token.ts';

// Anybody can write the claims of a token, and nobody has checked them when they are shown.

const objectId = '00aa00aa-bb11-cc22-dd33-44ee44ee44ee';
const applicationId = '00001111-aaaa-2222-bbbb-3333cccc4444';
const required = { tid: '72f988bf-86f1-41af-91ab-2d7cd011db47', exp: Math.floor(Date.now() / 1000) + 3600 };
const ofPerson = { ...required, oid: objectId, appid: applicationId, scp: 'User.Read' };
const read = (claims: object) => readAccessToken(unsignedToken(claims));
const names = ['upn', 'preferred_username', 'unique_name', 'email', 'name'];

describe('An id', () => {
  const strange = [
    '../../evil',
    'contoso.com',
    `${objectId}\u001b[2J`,
    `{${objectId}}`,
    ' ',
    '',
    5,
    [objectId],
    null,
    {},
  ];

  test.each(['tid', 'oid', 'appid', 'azp'])('as %s is a GUID or an error that does not repeat it', name => {
    for (const value of strange) {
      const claims = { ...required, [name]: value };
      expect(() => read(claims), JSON.stringify(value)).toThrow(
        expect.objectContaining({
          code: 'MalformedAccessToken',
          message: `The access token cannot be read: its '${name}' claim is not a GUID.`,
        }),
      );
    }
  });

  test('that is absent is empty, and the subject of one application is no object id', () => {
    expect(read({ ...required, sub: 'pairwise' })).toMatchObject({ objectId: '', applicationId: '', identifier: '' });
  });
});

describe('A person', () => {
  test.each(names)('is named by %s alone', name => {
    expect(read({ ...ofPerson, [name]: 'Adele Vance' }).identifier).toBe('Adele Vance');
  });

  test('without any name is the object, not the application', () => {
    expect(read(ofPerson).identifier).toBe(objectId);
    expect(read({ ...ofPerson, scp: undefined, idtyp: 'user' }).identifier).toBe(objectId);
  });

  test('who is a guest without upn is named, in a token without idtyp and scp too', () => {
    const guest = { ...ofPerson, scp: undefined, unique_name: 'live.com#adele@outlook.example' };
    expect(read(guest).identifier).toBe('live.com#adele@outlook.example');
  });

  test('is not named by a number, a list or blanks', () => {
    for (const upn of [5, ['adele@contoso.example'], { name: 'a' }, true, null, ' ']) {
      expect(read({ ...ofPerson, upn, aud: upn, email: 'a@b.example' })).toMatchObject({
        identifier: 'a@b.example',
        audience: '',
      });
    }
  });
});

test('An application is named by its id, whatever its token says besides', () => {
  expect(read({ ...required, appid: applicationId, roles: [] }).identifier).toBe(applicationId);
  expect(read({ ...required, azp: applicationId, idtyp: 'app', upn: 'root' }).identifier).toBe(applicationId);
});

describe('A text', () => {
  test.each([
    ['an escape sequence', 'a\u001b]0;evil\u0007b', 'a`u{1b}]0;evil`u{7}b'],
    ['a C1 control', 'a\u009b31mb', 'a`u{9b}31mb'],
    ['a direction', 'moc.\u202eexample', 'moc.`u{202e}example'],
    ['an isolate', 'a\u2066b\u2069', 'a`u{2066}b`u{2069}'],
    ['a mark without width', 'ad\u200bele\ufeff', 'ad`u{200b}ele`u{feff}'],
    ['a line end', 'a\r\nb\u2028c', 'a`u{d}`u{a}b`u{2028}c'],
    ['a tag', 'a\u{e0041}b', 'a`u{e0041}b'],
    ['half a character', 'a\ud800b', 'a`u{d800}b'],
  ])('with %s shows it', (_what, upn, shown) => {
    expect(read({ ...ofPerson, upn, aud: upn })).toMatchObject({ identifier: shown, audience: shown });
  });

  test('of any language stays as it is', () => {
    for (const upn of ['ädele@contoso.example', 'アデル', 'Адель', 'أديل', '😀', 'a b']) {
      expect(read({ ...ofPerson, upn }).identifier).toBe(upn);
    }
  });

  test('without end is cut', () => {
    expect(read({ ...ofPerson, upn: 'a'.repeat(100_000) }).identifier).toBe(`${'a'.repeat(255)}…`);
  });

  test('never has anything in it that is not seen', () => {
    const unit = fc.nat(0x10ffff).map(point => String.fromCodePoint(point));
    fc.assert(
      fc.property(fc.string({ unit }), text => {
        const { identifier, audience } = read({ ...ofPerson, upn: text, aud: text });
        expect(identifier + audience).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

import fc from 'fast-check';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quote, startShell, type TestShell } from '../support/powershell.ts';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// Every string parameter arrives as it was sent, or is refused. Show-ProbeParameter gives back as JSON what its handler
// got, so that only the way there is tried.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule();
  shell = await startShell(module.manifest);
  // The texts themselves go to the shell as numbers of UTF-16, which nothing on their way can change.
  await shell.run(
    Type.Unknown(),
    `function global:ConvertFrom-Units([string] $Encoded) {
      $bytes = [System.Convert]::FromBase64String($Encoded)
      $units = [char[]]::new($bytes.Length / 2)
      [System.Buffer]::BlockCopy($bytes, 0, $units, 0, $bytes.Length)
      [string]::new($units)
    }`,
  );
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const units = (text: string) => `(ConvertFrom-Units '${Buffer.from(text, 'utf16le').toString('base64')}')`;

const refusal = 'refused: TextNotUnicode,Show-ProbeParameter';

async function arrived(parameters: string): Promise<unknown> {
  const script = `try { Show-ProbeParameter ${parameters} } catch { "refused: $($_.FullyQualifiedErrorId)" }`;
  const [text = ''] = await shell.run(Type.String(), script);
  return text.startsWith('refused') ? text : JSON.parse(text);
}

const awkward = [
  '',
  ' ',
  '"',
  "'",
  '\u2019\u201e',
  '`',
  '$x $(1) $' + '{y} @() %a%',
  '\n',
  '\r\n',
  '\u2028\u2029\u0085',
  '\0',
  '\ufeff',
  '\u202e\u2066\u200f',
  '\u001b[31m',
  '\ud83d\ude00',
  'e\u0301 \u00e9',
  '\uffff\ufffe\ufffd',
  '\\ud800 \\u0000 \\',
  '{"jsonrpc":"2.0","id":1}',
  '__proto__',
  'constructor',
  'toString',
  '$type',
  '--require',
  '-Text',
];
const text = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...awkward), { maxLength: 6 }).map(parts => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map(codes => String.fromCharCode(...codes)),
);

test('a text, a list of texts and a credential arrive as they were sent, or are refused', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { minLength: 1, maxLength: 8 }), text, async (one, several, password) => {
      // A user name may not be empty, and the engine cuts it nowhere.
      const credential = `([pscredential]::new(${units(`u${one}`)}, [System.Net.NetworkCredential]::new('', ${units(password)}).SecurePassword))`;
      const found = await arrived(
        `-Text ${units(one)} -Texts @(${several.map(units).join(', ')}) -Credential ${credential}`,
      );
      if (![one, ...several, password].every(each => each.isWellFormed())) {
        refused += 1;
        expect(found).toBe(refusal);
        return;
      }
      expect(found).toMatchObject({ Text: one, Texts: several, Credential: { userName: `u${one}`, password } });
    }),
    { numRuns: 150 },
  );
  expect(refused).toBeGreaterThan(0);
});

test.each(awkward)('%j arrives', async each => {
  expect(await arrived(`-Text ${units(each)}`)).toMatchObject({ Text: each });
});

test.each(['\ud800', 'a\udc00b', '\udc00\ud800', '\ud83d'])('half of a surrogate pair is refused: %j', async each => {
  expect(await arrived(`-Text ${units(each)}`)).toBe(refusal);
  expect(await arrived(`-Texts 'well', ${units(each)}`)).toBe(refusal);
});

describe('ten megabytes', () => {
  test.each(['x', '"\\', '\0', '\u6f22', '\ud83d\ude00', '\n'])('of %j arrive', async each => {
    const [same] = await shell.run(
      Type.Boolean(),
      `$sent = [System.Text.StringBuilder]::new().Insert(0, ${units(each)}, ${Math.floor((10 * 1024 * 1024) / Buffer.byteLength(each))}).ToString()
      $units = [byte[]]::new($sent.Length * 2)
      [System.Buffer]::BlockCopy($sent.ToCharArray(), 0, $units, 0, $units.Length)
      (Show-ProbeParameter -Text $sent -Size large) -ceq [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($units))`,
    );
    expect(same).toBe(true);
  });

  test('seven times over are refused, and the next call works', async () => {
    expect(await arrived("-Text ('x' * 70MB)")).toBe('refused: MessageTooLong,Show-ProbeParameter');
    expect(await arrived("-Text 'next'")).toMatchObject({ Text: 'next' });
  });
});

test('numbers that JSON does not have are refused, and those that it has arrive', async () => {
  for (const number of ['NaN', 'PositiveInfinity', 'NegativeInfinity']) {
    expect(await arrived(`-Ratio ([double]::${number})`)).toBe('refused: ValueCannotCross,Show-ProbeParameter');
  }
  for (const number of [0, -0.5, 1e308, 5e-324, 0.1, 2 ** 53]) {
    expect(
      await arrived(`-Ratio ([double]::Parse(${quote(String(number))}, [cultureinfo]::InvariantCulture))`),
    ).toMatchObject({ Ratio: number });
  }
  expect(await arrived('-Number ([int]::MinValue) -Numbers 0, ([int]::MaxValue)')).toMatchObject({
    Number: -(2 ** 31),
    Numbers: [0, 2 ** 31 - 1],
  });
});

test('other parameters arrive in their kind', async () => {
  const given = '-Flag $false -On -Colour green -Colours Red, Blue -Size large';
  expect(await arrived(given)).toEqual({
    parameterSetName: '__AllParameterSets',
    Flag: false,
    On: true,
    Colour: 'Green',
    Colours: ['Red', 'Blue'],
    Size: 'large',
  });
  expect(await arrived('-On:$false')).toMatchObject({ On: false });
});

test('a parameter that is called as a member of dictionaries arrives beside the others', async () => {
  expect(await arrived("-Text 'a' -Keys 'Text' -Number 2")).toEqual({
    parameterSetName: '__AllParameterSets',
    ...{ Text: 'a', Keys: 'Text', Number: 2 },
  });
});

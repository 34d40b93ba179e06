import fc from 'fast-check';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awkward, awkwardText, defineUnits, units } from './awkward-text.ts';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// Every string parameter arrives as it was sent, or is refused. Show-ProbeParameter gives back as JSON what its handler
// got, so that only the way there is tried.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule();
  shell = await startShell(module.manifest);
  await shell.run(Type.Unknown(), defineUnits);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const refusal = 'refused: TextNotUnicode,Show-ProbeParameter';

async function arrived(parameters: string): Promise<unknown> {
  const script = `try { Show-ProbeParameter ${parameters} } catch { "refused: $($_.FullyQualifiedErrorId)" }`;
  const [text = ''] = await shell.run(Type.String(), script);
  return text.startsWith('refused') ? text : JSON.parse(text);
}

test('a text, a list of texts and a credential arrive as they were sent, or are refused', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      awkwardText,
      fc.array(awkwardText, { minLength: 1, maxLength: 8 }),
      awkwardText,
      async (one, several, password) => {
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
      },
    ),
    { numRuns: 150 },
  );
  expect(refused).toBeGreaterThan(0);
});

test('the names and the values of a hashtable and of an object arrive as they were sent, or are refused', async () => {
  const entries = fc.uniqueArray(fc.tuple(awkwardText, awkwardText), {
    maxLength: 5,
    selector: ([name]) => name.toUpperCase().toLowerCase(),
  });
  await fc.assert(
    fc.asyncProperty(entries, fc.boolean(), async (members, isObject) => {
      // An object takes no property without a name.
      const own = isObject ? members.filter(([name]) => name !== '') : members;
      const table = `@{ ${own.map(([name, value]) => `${units(name)} = ${units(value)}`).join('; ')} }`;
      const make = isObject
        ? `$o = [psobject]::new(); foreach ($e in (${table}).GetEnumerator()) { $o.PSObject.Properties.Add([psnoteproperty]::new($e.Key, $e.Value)) }`
        : `$o = ${table}`;
      const [got = ''] = await shell.run(
        Type.String(),
        `${make}; try { Copy-ProbeValue -Value $o -AsJson } catch { "refused: $($_.FullyQualifiedErrorId)" }`,
      );
      if (!own.flat().every(each => each.isWellFormed())) {
        expect(got).toBe('refused: TextNotUnicode,Copy-ProbeValue');
        return;
      }
      const { properties, entries = properties } = JSON.parse(got).Value;
      expect(new Map(Object.entries(entries))).toEqual(new Map(own));
    }),
    { numRuns: 100 },
  );
});

test('texts arrive from the pipeline as they were sent, by value and by property name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        awkwardText.map(each => each.toWellFormed()),
        { minLength: 1, maxLength: 5 },
      ),
      async all => {
        const list = `@(${all.map(units).join(', ')})`;
        const named = `${list}.ForEach({ [pscustomobject] @{ Name = $_; Size = 1 } }) | Measure-Probe`;
        // Not one of them is a file: a preview hands them on and no more.
        const byValue = `${list}.Where({ $_ }) | Set-ProbeMarker -WhatIf -WarningVariable w 3>$null; $w.ForEach({ "$_" })`;
        expect(await shell.run(Type.String(), named)).toEqual([
          ...all.map(each => `${each} 1`),
          `sum ${all.length} of ${all.length}`,
        ]);
        expect(await shell.run(Type.String(), byValue)).toEqual(all.filter(Boolean).map(each => `About ${each}.`));
      },
    ),
    { numRuns: 60 },
  );
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

test('numbers arrive', async () => {
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

import fc from 'fast-check';
import { runPowerShell } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { toWireValue } from '../../src/runtime/wire-value.ts';
import { awkward, awkwardText, defineUnits, units } from './awkward-text.ts';
import { module, shell } from './probe/probe-shell.ts';

// What a core hands to PowerShell is what PowerShell gets, whatever the texts in it: a user's or a service's.

beforeAll(() => shell.run(Type.Unknown(), defineUnits));

/** What Copy-ProbeValue makes of a JSON text. */
async function written(json: string): Promise<unknown> {
  const script = `try { @{ got = Copy-ProbeValue -Text ${units(json)} } } catch { $_.FullyQualifiedErrorId }`;
  const [outcome] = await shell.run(Type.Unknown(), script);
  return outcome;
}

const refused = 'ValueCannotCross,Copy-ProbeValue';
const reserved = ['', 'PSObject', 'PSBase', 'PSAdapted', 'PSExtended', 'PSTypeNames', 'psobject'];
const members = [
  'Count',
  'Length',
  'Keys',
  'Values',
  'Item',
  'GetType',
  'ToString',
  'Equals',
  'PSTypeName',
  'PSIsContainer',
];

describe('the properties of an object', () => {
  const name = fc.oneof(awkwardText, fc.constantFrom(...reserved, ...members, 'count', 'KEYS', 'a', 'A'));
  const properties = fc.array(fc.tuple(name, awkwardText), { maxLength: 6 });

  test('come with their names and their texts, or are refused', async () => {
    const outcomes = { refused: 0, taken: 0 };
    await fc.assert(
      fc.asyncProperty(properties, async entries => {
        const sent = new Map(entries.map(([key, text]) => [key.toWellFormed(), text.toWellFormed()]));
        const got = await written(JSON.stringify(Object.fromEntries(entries)));
        if (got !== refused) {
          outcomes.taken += 1;
          expect(new Map(Object.entries(Object(Object(got).got)))).toEqual(sent);
          return;
        }
        outcomes.refused += 1;
        const keys = [...new Map(entries).keys()];
        const isReserved = keys.some(key => reserved.some(each => each.toLowerCase() === key.toLowerCase()));
        const [different] = await shell.run(
          Type.Integer(),
          `[System.Collections.Generic.HashSet[string]]::new([string[]] @(${keys.map(key => units(key.toWellFormed())).join(', ')}), [System.StringComparer]::OrdinalIgnoreCase).Count`,
        );
        expect(isReserved || different !== keys.length, JSON.stringify(keys)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(outcomes.taken).toBeGreaterThan(0);
  });

  test.each(reserved)('cannot be called %j', async each => {
    expect(await written(JSON.stringify({ a: 1, [each]: 2 }))).toBe(refused);
  });

  test.each([...members, '__proto__', 'constructor'])('can be called %s', async each => {
    const json = `{"a":1,${JSON.stringify(each)}:{"b":2}}`;
    expect(JSON.stringify(await written(json))).toBe(`{"got":${json}}`);
  });

  test('whose names PowerShell takes for the same are refused', async () => {
    const groups = await shell.run(
      Type.Array(Type.Integer()),
      `$groups = [System.Collections.Generic.Dictionary[string, object]]::new([System.StringComparer]::OrdinalIgnoreCase)
      for ($code = 1; $code -lt 65536; $code++) {
        $name = [string] [char] $code
        if ([char]::IsSurrogate([char] $code)) { continue }
        if (-not $groups.ContainsKey($name)) { $groups[$name] = [System.Collections.Generic.List[int]]::new() }
        $groups[$name].Add($code)
      }
      foreach ($group in $groups.Values) { if ($group.Count -gt 1) { , $group.ToArray() } }`,
    );
    expect(groups.length).toBeGreaterThan(1000);
    for (const [first = 0, ...others] of groups) {
      for (const other of others) {
        const pair = { [`x${String.fromCharCode(first)}`]: 1, [`x${String.fromCharCode(other)}`]: 2 };
        expect(() => toWireValue(pair), Object.keys(pair).join(' ')).toThrow('differ in case alone');
      }
    }
    expect(await written('{"\u03c3":1,"\u03c2":2}')).toBe(refused);
    expect(await written('{"\\ud800":1,"\\udc00":2}')).toBe(refused);
  });

  test.each([
    ['i', '\u0131'],
    ['s', '\u017f'],
    ['k', '\u212a'],
    ['Masse', 'Ma\u00dfe'],
    ['\u00e9', 'e\u0301'],
    ['a', 'a\u200b'],
    ['a', 'a\0'],
  ])('whose names it tells apart all come: %j and %j', async (one, other) => {
    expect(await written(JSON.stringify({ [one]: 1, [other]: 2 }))).toEqual({ got: { [one]: 1, [other]: 2 } });
  });
});

test('texts arrive as they were written on every stream', async () => {
  const isSeen =
    '$ErrorActionPreference = $WarningPreference = $InformationPreference = $VerbosePreference = $DebugPreference';
  await fc.assert(
    fc.asyncProperty(
      awkwardText.map(text => text.toWellFormed()),
      async text => {
        const script = `${isSeen} = 'Continue'; & { Test-Probe Streams -Text ${units(text)} } *>&1 | ForEach-Object { "$_" }`;
        expect(await shell.run(Type.String(), script)).toEqual([
          ...['warning', 'verbose', 'debug', 'information'].map(stream => `${stream} ${text}`),
          `error ${text}.`,
          `output ${text}`,
        ]);
      },
    ),
    { numRuns: 60 },
  );
});

test('an error that is thrown has its text as it was written', async () => {
  for (const text of awkward) {
    const script = `try { Test-Probe Throw -Text ${units(text)} } catch { $_.ErrorDetails.Message; $_.Exception.Message }`;
    expect(await shell.run(Type.String(), script)).toEqual([`${text}.`, `${text}. Try another.`]);
  }
});

describe('in a question, what is not seen is written out, so that it says what it seems to say:', () => {
  const target =
    'a\r\nWhat if: all is well\u001b[2K\u001b]0;x\u0007\u009b1A\u202eb\u2066\u200f\u2028c\0\ud83d\ude00e\u0301';
  const shown =
    'a`u{d}`u{a}What if: all is well`u{1b}[2K`u{1b}]0;x`u{7}`u{9b}1A`u{202e}b`u{2066}`u{200f}`u{2028}c`u{0}\ud83d\ude00e\u0301';

  test('a preview', async () => {
    const screen = await shell.show(`Set-ProbeMarker ${units(target)} -WhatIf 3>$null`);
    expect(screen.replaceAll(/\s+/g, '')).toBe(
      `What if: Performing the operation "Write a marker" on target "${shown}".`.replaceAll(/\s+/g, ''),
    );
    for (const hidden of ['\u001b', '\u0007', '\0', '\u202e']) expect(screen).not.toContain(hidden);
  });

  test('ShouldContinue, which may have several lines', async () => {
    const query = `Test-Probe Continue -Text "Really?\`nAll of it \`e[2K"`;
    const { stdout } = await runPowerShell(['-Command', `Import-Module ${quote(module.manifest)}; ${query}`], 'y\n');
    expect(stdout).toMatch(/Really\?\r?\nAll of it `u\{1b\}\[2K/);
    // Its caption has one line.
    expect(stdout).toContain('The caption: Really?`u{a}All of it `u{1b}[2K');
  });
});

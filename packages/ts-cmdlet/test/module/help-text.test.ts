import { startShell, type TestShell } from 'powershell-driver/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandHelp } from '../../src/help/model.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { moduleSettings } from '../support/help-models.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';

// What a user reads: the lines that Get-Help prints of a page, as they stand there.

const PAGE = `---
external help file: Things-Help.xml
Module Name: Things
HelpUri: https://example.com/Get-Thing
PlatyPS schema version: 2024-05-01
---

# Get-Thing

## SYNOPSIS
Gets things.

## SYNTAX

### Name (Default)
\`\`\`
Get-Thing [-Name] <string> [[-Kind] {Small | Large}] [<CommonParameters>]
\`\`\`

### Rest
\`\`\`
Get-Thing [-Rest] <string[]> [-Force] [<CommonParameters>]
\`\`\`

## ALIASES

The alias is \`gth\`.

## DESCRIPTION
A list:

- one
- two
  - nested

| Name | Is    |
| ---- | ----- |
| a    | first |

\`\`\`powershell
if ($true) {
    'indented'

    'after an empty line'
}
\`\`\`

After the code.

## EXAMPLES

### Example 1: One thing
Said before.

And more.

\`\`\`powershell
PS C:\\> Get-Thing a |
>>   Out-Null
\`\`\`

\`\`\`Output
Name Kind

a    Small
\`\`\`

Said after.

- of one

\`\`\`powershell
Get-Thing b
\`\`\`

The end.

### Example 2: Another
\`\`\`powershell
Get-Thing c
\`\`\`

## PARAMETERS

### -Name
The name.

\`\`\`yaml
Type: System.String
SupportsWildcards: true
ParameterSets:
- Name: Name
  Position: 0
  IsRequired: true
  ValueFromPipeline: true
  ValueFromPipelineByPropertyName: true
\`\`\`

### -Kind
The kind.

\`\`\`yaml
Type: System.String
DefaultValue: Small
ParameterSets:
- Name: Name
  Position: 1
AcceptedValues:
- Small
- Large
\`\`\`

### -Rest
The rest.

\`\`\`yaml
Type: System.String[]
ParameterSets:
- Name: Rest
  Position: 0
  IsRequired: true
  ValueFromRemainingArguments: true
\`\`\`

### -Force
Forces.

\`\`\`yaml
Type: System.Management.Automation.SwitchParameter
ParameterSets:
- Name: Rest
\`\`\`

### CommonParameters
The common ones.

## INPUTS

### System.String
A name.

## OUTPUTS

### Things.Thing
The thing.

## NOTES
A note.

## RELATED LINKS

[Online Version](https://example.com/Get-Thing)

<https://example.com/Get-Thing>

<https://example.com/things>

[About things](https://example.com/about)

[Set-Thing](Set-Thing.md)
`;

let help: CommandHelp;
let module: OtherModule;
let shell: TestShell;

beforeAll(async () => {
  const read = readCommandHelp(PAGE, 'help/Get-Thing.md');
  if (read.help === undefined) throw new Error(JSON.stringify(read.diagnostics));
  help = read.help;
  module = await makeOtherModule([help], moduleSettings({ name: 'Things' }));
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

/** The lines that a script prints between one that begins with `start` and the next that begins with `end`, without margin. */
async function shownBetween(script: string, start: string, end: string): Promise<string[]> {
  const lines = (await shell.show(script)).split(/\r?\n/).map(line => line.trimEnd());
  const first = lines.findIndex(line => line.trimStart().startsWith(start));
  const last = lines.findIndex((line, index) => index > first && line.trimStart().startsWith(end));
  const found = lines.slice(first + 1, last < 0 ? undefined : last);
  const margin = Math.min(...found.filter(line => line !== '').map(line => /^ */.exec(line)?.[0].length ?? 0));
  return found
    .map(line => line.slice(margin))
    .join('\n')
    .trim()
    .split('\n');
}

test('SYNTAX is that of the page, the default set first', async () => {
  expect(await shownBetween('Get-Help Get-Thing', 'SYNTAX', 'DESCRIPTION')).toEqual([
    'Get-Thing [-Name] <string> [[-Kind] {Small | Large}] [<CommonParameters>]',
    '',
    'Get-Thing [-Rest] <string[]> [-Force] [<CommonParameters>]',
  ]);
});

test('DESCRIPTION has lists, tables and code as they are written', async () => {
  expect(await shownBetween('Get-Help Get-Thing -Full', 'DESCRIPTION', 'PARAMETERS')).toEqual([
    'A list:',
    '',
    '- one',
    '- two',
    '  - nested',
    '',
    'Name  Is',
    '----  -----',
    'a     first',
    '',
    'if ($true) {',
    "    'indented'",
    '',
    "    'after an empty line'",
    '}',
    '',
    'After the code.',
  ]);
});

test('an example has its introduction, its code with prompts and output, and its remarks', async () => {
  expect(await shownBetween('Get-Help Get-Thing -Examples', '----', '----')).toEqual([
    'Said before.',
    '',
    'And more.',
    '',
    'PS C:\\> Get-Thing a |',
    '>>   Out-Null',
    '',
    'Name Kind',
    '',
    'a    Small',
    '',
    'Said after.',
    '',
    '- of one',
    '',
    'Get-Thing b',
    '',
    'The end.',
  ]);
});

test('a parameter has its sets, what it accepts and where its values come from', async () => {
  const facts = async (name: string) => {
    const lines = await shownBetween(`Get-Help Get-Thing -Parameter ${name}`, `-${name}`, '(nothing)');
    // PowerShell 7.4 has no such row.
    return lines.filter(line => !line.startsWith('Aliases '));
  };
  expect(await facts('Name')).toEqual([
    'The name.',
    '',
    'Parameter set: Name.',
    '',
    'Required?                    true',
    'Position?                    0',
    'Default value                None',
    'Accept pipeline input?       True (ByPropertyName, ByValue)',
    'Accept wildcard characters?  true',
  ]);
  expect((await facts('Kind')).join('\n')).toContain('Accepted values: Small, Large.');
  expect((await facts('Rest')).join('\n')).toContain('True (FromRemainingArguments)');
});

test('NOTES begin with ALIASES', async () => {
  expect(await shownBetween('Get-Help Get-Thing -Full', 'NOTES', '----')).toEqual(['The alias is gth.', '', 'A note.']);
});

test('RELATED LINKS tell each address once', async () => {
  expect(await shownBetween('Get-Help Get-Thing -Full', 'RELATED LINKS', '(nothing)')).toEqual([
    'Online Version: https://example.com/Get-Thing',
    'https://example.com/things',
    'About things https://example.com/about',
    'Set-Thing',
  ]);
});

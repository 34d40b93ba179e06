import fc from 'fast-check';
import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maml } from '../../packages/ts-cmdlet/src/generate/maml.ts';
import { quoteLiteral } from '../../packages/ts-cmdlet/src/generate/powershell-text.ts';
import { commandHelp, paragraph } from '../../packages/ts-cmdlet/test/support/help-models.ts';
import { type ModuleFolder, makeModule } from '../support/module-folder.ts';

// Help whose every text tries to get out of where it stands. The module imports, shows the texts and runs nothing.

const attack = '$($global:Attacked = 1)';
const enders = [
  `'; ${attack}; '`,
  `\u2019; ${attack}; \u2018`,
  `"; ${attack}; "`,
  '#>',
  ']]>',
  '--> &amp; &lt;',
  '*/',
  '*\\/',
];
/** Stands in a code fence, where Markdown changes nothing. */
const verbatim = [...enders, `'@; ${attack}`, `"@`, '`', '@{', '</maml:para></maml:description>', '<!--'].join('\n');
/** Stands in a paragraph: no character that Markdown reads. */
const line = `it's \u201Cquoted\u201D; ${attack}; \u2018x\u2019 ' " #> ]]> --> @' "@ \${x}`;
const values = ["it's", `'; ${attack} #`, `\u2019\u2019 ${attack}`, '$env:PATH', '`n', '"@'];
const url = `https://example.com/it's?a=${attack}&b=\u2019`;

let module: ModuleFolder;
let shell: TestShell;

beforeAll(async () => {
  const fence = `\`\`\`\`powershell\n${verbatim}\n\`\`\`\``;
  const shape = [
    '### -Shape',
    line,
    '',
    fence,
    '',
    '```yaml',
    'Type: String',
    'Parameter Sets: (All)',
    'Aliases:',
    `Accepted values: ${values.join(', ')}`,
    '',
    'Required: False',
    'Position: Named',
    'Default value: None',
    'Accept pipeline input: False',
    'Accept wildcard characters: False',
    '```',
    '',
    '### -Tenant',
  ].join('\n');
  const changes: [from: string | RegExp, to: string][] = [
    [/(## SYNOPSIS\n).*/, `$1${line}`],
    [/(## DESCRIPTION\n).*/, `$1${line}\n\n${fence}`],
    [/(### Example 1\n)```powershell\n.*\n```\n\n.*/, `$1${fence}\n\n${line}`],
    [/(## NOTES\n)/, `$1${line}\n\n${fence}\n`],
    [/(## OUTPUTS\n)/, `$1\n### Out'; ${attack}; '\n${line}\n`],
    [/(online version: ).*/, `$1${url}`],
    [/\[-Tenant <String>\]|-Tenant <String>/g, '[-Shape <String>] $&'],
    ['### -Tenant', shape],
  ];
  module = await makeModule(markdown =>
    changes.reduce((text, [from, to]) => {
      // `$` in the texts is not meant for `replace`.
      const changed = text.replace(from, (whole: string, first: unknown) =>
        to.replace('$1', () => (typeof first === 'string' ? first : '')).replace('$&', () => whole),
      );
      expect(changed).not.toBe(text);
      return changed;
    }, markdown),
  );
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  // Nothing in this file, import and help included, may have run what the texts hold.
  const attacked = await shell?.run(
    Type.Boolean(),
    '$null -ne $ExecutionContext.SessionState.PSVariable.Get("global:Attacked")',
  );
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
  expect(attacked).toEqual([false]);
});

describe('the module', () => {
  const squeeze = (text: string) => text.replace(/\s+/g, '');

  test('shows every text as it stands', async () => {
    const shown = squeeze(await shell.show('Get-Help Connect-SecMgmtAccount -Full'));
    // Synopsis, description, notes, the parameter, the example, the output.
    expect(shown.split(squeeze(line))).toHaveLength(1 + 6);
    expect(shown.split(squeeze(verbatim))).toHaveLength(1 + 4);
  });

  test('accepts the accepted values and no others', async () => {
    const script = `(Get-Command Connect-SecMgmtAccount).Parameters['Shape'].Attributes.ValidValues`;
    expect(await shell.run(Type.String(), script)).toEqual(values);
  });

  test('has the output type and the address as they stand', async () => {
    const script = '(Get-Command Connect-SecMgmtAccount).OutputType.Name; (Get-Command Connect-SecMgmtAccount).HelpUri';
    const found = await shell.run(Type.String(), script);
    expect(found[0]).toBe(`Out'; ${attack}; '`);
    expect(found.at(-1)).toBe(url);
  });
});

const unit = fc.oneof(
  fc.constantFrom("'", '\u2018', '\u2019', '\u201A', '\u201B', '"', '`', attack, '\n', '#>', ']]>', '&#65;', '&amp;'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const texts = fc.sample(
  fc.array(unit, { maxLength: 12 }).map(parts => `a${parts.join('')}z`),
  { numRuns: 300, seed: 42 },
);

test('PowerShell reads every quoted literal as the text that was quoted', async () => {
  const literals = texts.map(quoteLiteral).join(',\n');
  const read = await shell.run(Type.String(), `@(\n${literals}\n)`);
  expect(read).toEqual(texts.map(text => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').toWellFormed()));
});

test('.NET reads every text of the help file as the text that was written', async () => {
  const helps = texts.map((text, index) => commandHelp(`Get-Widget${index}`, [], { description: paragraph(text) }));
  const encoded = Buffer.from(maml(helps)).toString('base64');
  const read = await shell.run(
    Type.String(),
    `$document = [System.Xml.XmlDocument]::new()
    $document.LoadXml([System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String('${encoded}')))
    $document.DocumentElement.command.description.para`,
  );
  const forbidden = /[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  expect(read).toEqual(texts.map(text => text.replace(/\r\n?/g, '\n').toWellFormed().replace(forbidden, '\uFFFD')));
});

import { expect, test } from 'vitest';
import { readSyntaxNotation } from '../../src/help/syntax-notation.ts';

/** Each item as a short text (`!` not bracketed, `?` bracketed, `@` positional, `~` doubtful), then the faults. */
function shown(text: string): string[] {
  const { syntaxes, faults } = readSyntaxNotation(`Get-Thing ${text}`);
  return [
    ...syntaxes.flatMap(({ parameters }) =>
      parameters.map(({ name, type, acceptedValues, isBracketed, isPositional, isDoubtful, isUnhyphenated }) =>
        [
          `${isDoubtful ? '~' : ''}${isUnhyphenated ? '-less ' : ''}${isBracketed ? '?' : '!'}${isPositional ? '@' : ''}${name}`,
          ...(type === undefined ? [] : [`<${type}>`]),
          ...(acceptedValues === undefined ? [] : [`{${acceptedValues.join('|')}}`]),
        ].join(' '),
      ),
    ),
    ...faults.map(({ text }) => `fault ${text}`),
  ];
}

// about_Command_Syntax of PowerShell's help gives the notation; the rest is what help is found to have.
test.each([
  ['-Name <String>', ['!Name <String>']],
  ['[-Name <String>]', ['?Name <String>']],
  ['[-Name] <String>', ['!@Name <String>']],
  ['[[-Name] <String>]', ['?@Name <String>']],
  ['[[-Name <String>]]', ['?@Name <String>']],
  ['-All', ['!All']],
  ['[-All]', ['?All']],
  ['[-All <SwitchParameter>]', ['?All']],
  ['[-All [<SwitchParameter>]]', ['?All']],
  ['[[-All] [<SwitchParameter>]]', ['?All']],
  ['-All [<CommonParameters>]', ['!All']],
  ['[-All] <CommonParameters>]', ['?All']],
  ['[-All] <CommonParameters>', ['?All']],
  ['-Name <String[]> [-Ids <int[]>]', ['!Name <String[]>', '?Ids <int[]>']],
  ['[-Map <Dictionary<string, List<int>>>]', ['?Map <Dictionary<string, List<int>>>']],
  ['-At <System.Nullable`1[System.DateTime]>', ['!At <System.Nullable`1[System.DateTime]>']],
  ['-Kind <Outer+Inner>', ['!Kind <Outer+Inner>']],
  ['-Color {Red | Green}', ['!Color {Red|Green}']],
  ['[-Color <String> {Red | Green}]', ['?Color <String> {Red|Green}']],
  ['[-A][-B <Int32>][[-C]<String>]', ['?A', '?B <Int32>', '?@C <String>']],
  ['-Name\n <String>\n\t[-All]\n', ['!Name <String>', '?All']],
  ['–Name <String>', ['!Name <String>']],
  ['-Größe <Int32>', ['!Größe <Int32>']],
  ['[-Name <String> [-All]', ['~?Name <String>', '?All', 'fault [-Name <String>']],
  ['-Name <String', ['~!Name', 'fault -Name <String']],
  ['-Name String', ['!Name', '~-less !String', 'fault String']],
  ['-Type Red [-All]', ['!Type', '~-less !Red', '?All', 'fault Red']],
  ['[-Name] [<String>]', ['!@Name <String>']],
  ['[-All ] [-Name <String> ] [ -B]', ['?All', '?Name <String>', '?B']],
  ['[]', ['fault []']],
  ['{A | B}', ['fault {A | B}']],
  ['[-Name <>]', ['~?Name', 'fault [-Name <>]']],
  ['-Id Guid> [-All]', ['~!Id', '?All', 'fault Guid>']],
  ['-Id <Guid>> [-All]', ['~!Id <Guid>', '?All', 'fault -Id <Guid>>']],
  ['-A <Int32 [-B <Int32>]>', ['~!A', '~?B <Int32>', 'fault -A <Int32', 'fault [-B <Int32>]>']],
  ['[-[User] <String>]', ['~?User <String>', 'fault [-[User] <String>]']],
  ['[Tag <String>]', ['~-less ?Tag <String>', 'fault [Tag <String>]']],
  ['-A <Int32>-B <Int32>', ['~!A <Int32>', '~!B <Int32>', 'fault -A <Int32>-B <Int32>']],
])('%s', (text, expected) => {
  expect(shown(text)).toEqual(expected);
});

test('common parameters are told apart from parameters', () => {
  const { syntaxes, faults } = readSyntaxNotation(
    'Get-Thing [-All] [<WorkflowCommonParameters>]\n [<CommonParameters>]\n',
  );
  expect(faults).toEqual([]);
  expect(syntaxes).toMatchObject([
    { hasCommonParameters: true, hasWorkflowCommonParameters: true, parameters: [{ name: 'All' }] },
  ]);
});

test('a second line that begins with the command is a second syntax', () => {
  const { syntaxes } = readSyntaxNotation('Get-Thing [-All]\nGet-Thing -Id <Int32>');
  expect(syntaxes.map(({ offset, parameters }) => [offset, parameters.map(({ name }) => name)])).toEqual([
    [0, ['All']],
    [17, ['Id']],
  ]);
});

test('brackets that never close take no more than linear time', () => {
  const start = performance.now();
  readSyntaxNotation(`Get-Thing ${'-A <'.repeat(20_000)}`);
  readSyntaxNotation(`Get-Thing ${'[-A {'.repeat(20_000)}`);
  expect(performance.now() - start).toBeLessThan(10_000);
});

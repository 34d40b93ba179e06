import type { CommandHelp, Parameter, SyntaxItem } from '../../src/help/model.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { commandHelp } from '../support/help-models.ts';

/**
 * Help of a command with the parameters given, as it is read from a Markdown page: SYNTAX is made to agree with what each
 * parameter's blocks say. Sets are `(All)`, or those named, the first of which is the default unless told otherwise.
 */
export function readOtherPage(
  name: string,
  parameters: Parameter[],
  { sets = ['__AllParameterSets'], defaultSet = sets[0] }: { sets?: string[]; defaultSet?: string | undefined } = {},
  parts: Partial<CommandHelp> = {},
): CommandHelp {
  const syntax = sets.map(set => syntaxItem(set, set === defaultSet, parameters));
  const page = writeCommandHelp(commandHelp(name, parameters, { syntax, ...parts }), '2024-05-01');
  const { help, diagnostics } = readCommandHelp(page, `help/${name}.md`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (help === undefined || errors.length > 0) throw new Error(`${page}\n${JSON.stringify(diagnostics, null, 2)}`);
  return help;
}

function syntaxItem(parameterSetName: string, isDefault: boolean, parameters: Parameter[]): SyntaxItem {
  const shown = parameters.flatMap(({ name, type, blocks }) => {
    const block = blocks.find(({ parameterSets }) =>
      parameterSets.some(set => set === '(All)' || set === parameterSetName),
    );
    if (block === undefined) return [];
    const { isRequired, position } = block;
    const isSwitch = type === 'SwitchParameter';
    return [{ name, ...(isSwitch ? {} : { type }), isRequired, isPositional: position !== 'named', line: 1 }];
  });
  return { parameterSetName, isDefault, hasCommonParameters: true, parameters: shown, line: 1 };
}

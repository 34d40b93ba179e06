import type { CommandHelp, Parameter, SyntaxItem, SyntaxParameter } from './model.ts';
import { UNNAMED_PARAMETER_SET } from './parameter-set-names.ts';
import { blockForSet } from './resolve-sets.ts';
import { escapeInline, writeCode } from './write-text-blocks.ts';

const WIDTH = 110;

/** The items of SYNTAX in either schema; see `readSyntax` for what the brackets of a switch tell in each. */
export function writeSyntax(help: CommandHelp, schemaVersion: CommandHelp['schemaVersion']): string {
  const { syntax } = help;
  return syntax
    .map(item => {
      const code = writeCode(wrap(help.name, partsOf(item, help.parameters, schemaVersion)), '');
      const isUnnamed = item.parameterSetName === UNNAMED_PARAMETER_SET;
      // A syntax without a heading beside others would be read as one of theirs.
      const isOnly = isUnnamed && syntax.length === 1;
      if (isOnly && schemaVersion === '2.0.0') return code;
      const name = isUnnamed ? UNNAMED_PARAMETER_SET : escapeInline(item.parameterSetName);
      return `### ${name}${item.isDefault && !isOnly ? ' (Default)' : ''}\n\n${code}`;
    })
    .join('\n\n');
}

function partsOf(item: SyntaxItem, parameters: Parameter[], schemaVersion: CommandHelp['schemaVersion']): string[] {
  const shown = item.parameters.map(parameter => {
    const described = parameters.find(({ name }) => name.toLowerCase() === parameter.name.toLowerCase());
    const block = described && blockForSet(described, item.parameterSetName);
    // Where SYNTAX did not tell, and the other schema's SYNTAX does, PARAMETERS knows.
    const isRequired = parameter.isRequired ?? (schemaVersion !== '2.0.0' && block?.isRequired === true);
    return writeParameter(parameter, isRequired);
  });
  return item.hasCommonParameters ? [...shown, '[<CommonParameters>]'] : shown;
}

function writeParameter({ name, type, acceptedValues, isPositional }: SyntaxParameter, isRequired: boolean): string {
  const values = acceptedValues === undefined ? '' : ` {${acceptedValues.join(' | ')}}`;
  if (type === undefined && values === '') return isRequired ? `-${name}` : `[-${name}]`;
  const text = `${isPositional ? `[-${name}]` : `-${name}`}${type === undefined ? '' : ` <${type}>`}${values}`;
  return isRequired ? text : `[${text}]`;
}

function wrap(commandName: string, parts: string[]): string {
  const lines = [commandName];
  for (const part of parts) {
    const line = `${lines.at(-1)} ${part}`;
    if (line.length > WIDTH) lines.push(` ${part}`);
    else lines.splice(-1, 1, line);
  }
  return lines.join('\n');
}

import type { CommandHelp } from '../help/model.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import { LINE_WIDTH } from './typescript-text.ts';

/**
 * Writes `parameter-validators.ts`: what checks each cmdlet's parameters when they arrive. `host` is what
 * the generated files import the host from, such as `ts-cmdlet`.
 */
export function parameterValidators(helps: readonly CommandHelp[], host: string): string {
  const entries = helps.map(({ name }) => {
    const line = `  '${name}': validator('${name}'),`;
    return line.length <= LINE_WIDTH ? line : `  '${name}': validator(\n    '${name}',\n  ),`;
  });
  return [
    `// ${GENERATED_NOTE}\n`,
    `import { compileValidator, type ParameterValidators } from '${host}';`,
    "import { type CmdletParameters, cmdletSchemas } from './index.ts';\n",
    'function validator<Name extends keyof CmdletParameters>(name: Name) {',
    '  return compileValidator<CmdletParameters[Name]>(cmdletSchemas[name]);',
    '}\n',
    "/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */",
    'export const parameterValidators: ParameterValidators<CmdletParameters> = {',
    ...entries,
    '};\n',
  ].join('\n');
}

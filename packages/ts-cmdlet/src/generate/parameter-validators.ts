import type { CommandHelp } from '../help/model.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import { takesPipelineInput } from './parameter-sets.ts';
import { RUNTIME_PACKAGE } from './runtime-package.ts';
import { LINE_WIDTH } from './typescript-text.ts';

/**
 * Writes `parameter-validators.ts`: what checks each cmdlet's parameters when they arrive. `outputs` is the file of the declared
 * outputs, as this one imports it.
 */
export function parameterValidators(helps: readonly CommandHelp[], outputs?: string): string {
  const entries = helps.map(help => {
    const { name } = help;
    const call = takesPipelineInput(help) ? [`'${name}'`, 'true'] : [`'${name}'`];
    const line = `  '${name}': validators(${call.join(', ')}),`;
    return line.length <= LINE_WIDTH
      ? line
      : `  '${name}': validators(\n${call.map(each => `    ${each},\n`).join('')}  ),`;
  });
  return [
    `// ${GENERATED_NOTE}\n`,
    `import { compileParameters, type ParameterValidators } from '${RUNTIME_PACKAGE}';`,
    ...(outputs === undefined ? [] : [`import { outputs } from '${outputs}';`]),
    "import { type CmdletParameters, cmdletSchemas } from './index.ts';\n",
    'function validators<Name extends keyof CmdletParameters>(name: Name, takesPipelineInput = false) {',
    `  return compileParameters<CmdletParameters[Name]>(cmdletSchemas[name], takesPipelineInput${outputs === undefined ? '' : ', outputs'});`,
    '}\n',
    "/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */",
    'export const parameterValidators: ParameterValidators<CmdletParameters> = {',
    ...entries,
    '};\n',
  ].join('\n');
}

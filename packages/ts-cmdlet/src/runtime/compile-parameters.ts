import { compileParameterTable } from '../schema/compile-parameter-table.ts';
import type { CommandLine } from './cmdlet.ts';
import type { CmdletValidators } from './cmdlet-registry.ts';
import { withDeclaredObjects } from './object-schema.ts';
import type { AnyOutput } from './outputs.ts';

/**
 * Compiles what checks a cmdlet's parameters, by the schema that is generated beside their type: all of them, and for a
 * cmdlet that takes pipeline input also those of its command line, each of which may be missing there. Objects of the
 * types in `outputs` are checked by what is declared of them.
 */
export function compileParameters<Parameters>(
  schema: object,
  takesPipelineInput: boolean,
  outputs: readonly AnyOutput[] = [],
): CmdletValidators<Parameters> {
  const whole = withDeclaredObjects(schema, outputs);
  return compileParameterTable<Parameters, CommandLine<Parameters>>(whole, takesPipelineInput);
}

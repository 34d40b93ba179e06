import { compileParameterTable } from '../schema/compile-parameter-table.ts';
import type { CommandLine } from './cmdlet.ts';
import type { CmdletValidators } from './cmdlet-registry.ts';

/**
 * Compiles what checks a cmdlet's parameters, by the schema that is generated beside their type: all of them, and for a
 * cmdlet that takes pipeline input also those of its command line, each of which may be missing there.
 */
export function compileParameters<Parameters>(
  schema: object,
  takesPipelineInput: boolean,
): CmdletValidators<Parameters> {
  return compileParameterTable<Parameters, CommandLine<Parameters>>(schema, takesPipelineInput);
}

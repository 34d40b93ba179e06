import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { compileValidator } from '../schema/compile-validator.ts';
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
  const parameters = compileValidator<Parameters>(schema);
  if (!takesPipelineInput) return { parameters };
  return { parameters, commandLine: compileValidator<CommandLine<Parameters>>(commandLineSchema(schema)) };
}

const Variant = Type.Object({ properties: Type.Record(Type.String(), Type.Unknown()) });
const Variants = Type.Object({ oneOf: Type.Array(Variant) });

function commandLineSchema(schema: object): object {
  const variants = 'oneOf' in schema ? Value.Parse(Variants, schema).oneOf : [Value.Parse(Variant, schema)];
  const { parameterSetName: _, ...properties } = Object.fromEntries(
    variants.flatMap(variant => Object.entries(variant.properties)),
  );
  return { type: 'object', properties, additionalProperties: false };
}

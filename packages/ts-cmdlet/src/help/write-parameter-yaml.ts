import { stringify } from 'yaml';
import type { CommandHelp, Parameter, ParameterSetBlock } from './model.ts';
import { ALL_PARAMETER_SETS } from './parameter-set-names.ts';
import { writeCode } from './write-text-blocks.ts';

/**
 * The yaml blocks of a parameter in either schema. Schema 2.0.0 has no key for remaining arguments, DontShow and
 * HelpMessage, and no way to write a comma within a set name, an alias or a value: what of these a parameter has is lost.
 */
export function writeParameterYaml(parameter: Parameter, schemaVersion: CommandHelp['schemaVersion']): string {
  return schemaVersion === '2.0.0'
    ? parameter.blocks.map(block => writeCode(lines200(parameter, block), 'yaml')).join('\n\n')
    : writeCode(yaml2024(parameter), 'yaml');
}

function lines200(parameter: Parameter, block: ParameterSetBlock): string {
  const ways = [
    ...(block.valueFromPipelineByPropertyName ? ['ByPropertyName'] : []),
    ...(block.valueFromPipeline ? ['ByValue'] : []),
  ];
  const values: [key: string, value: string][] = [
    ['Type', parameter.type],
    ['Parameter Sets', block.parameterSets.join(', ')],
    ['Aliases', parameter.aliases.join(', ')],
    ...(parameter.acceptedValues.length === 0
      ? []
      : ([['Accepted values', parameter.acceptedValues.join(', ')]] satisfies [string, string][])),
    ['Required', block.isRequired ? 'True' : 'False'],
    ['Position', block.position === 'named' ? 'Named' : String(block.position)],
    ['Default value', parameter.defaultValue ?? 'None'],
    ['Accept pipeline input', ways.length === 0 ? 'False' : `True (${ways.join(', ')})`],
    ['Accept wildcard characters', parameter.supportsWildcards ? 'True' : 'False'],
  ];
  // PlatyPS parts what is true of the parameter from what is true of it in the sets.
  return values
    .map(([key, value]) => `${key === 'Required' ? '\n' : ''}${value === '' ? `${key}:` : `${key}: ${value}`}`)
    .join('\n');
}

function yaml2024(parameter: Parameter): string {
  const sets = parameter.blocks.flatMap(block =>
    block.parameterSets.map(set => ({
      Name: set === ALL_PARAMETER_SETS ? '(All)' : set,
      Position: block.position === 'named' ? 'Named' : block.position,
      IsRequired: block.isRequired,
      ValueFromPipeline: block.valueFromPipeline,
      ValueFromPipelineByPropertyName: block.valueFromPipelineByPropertyName,
      ValueFromRemainingArguments: block.valueFromRemainingArguments,
    })),
  );
  const metadata = {
    Type: parameter.type,
    DefaultValue: parameter.defaultValue ?? '',
    SupportsWildcards: parameter.supportsWildcards,
    Aliases: parameter.aliases,
    ParameterSets: sets,
    DontShow: parameter.dontShow,
    AcceptedValues: parameter.acceptedValues,
    HelpMessage: parameter.helpMessage ?? '',
  };
  return stringify(metadata, { lineWidth: 0, singleQuote: true }).trimEnd();
}

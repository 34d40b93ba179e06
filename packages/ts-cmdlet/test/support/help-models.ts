import type { ModuleSettings } from '../../src/generate/module-settings.ts';
import type { CommandHelp, Parameter, ParameterSetBlock, TextBlock } from '../../src/help/model.ts';

// Help models made by hand, so that a generator's test shows all of its input.

/** One paragraph of plain text. */
export function paragraph(text: string): TextBlock[] {
  return [{ kind: 'paragraph', markdown: text, text }];
}

/** A block of PARAMETERS: optional, named, in every set, unless told otherwise. */
export function block(parts: Partial<ParameterSetBlock> = {}): ParameterSetBlock {
  return {
    parameterSets: ['(All)'],
    isRequired: false,
    position: 'named',
    valueFromPipeline: false,
    valueFromPipelineByPropertyName: false,
    valueFromRemainingArguments: false,
    line: 30,
    ...parts,
  };
}

/** A parameter: an optional string in every set, unless told otherwise. */
export function parameter(name: string, parts: Partial<Parameter> = {}): Parameter {
  return {
    name,
    type: 'String',
    description: paragraph(`About ${name}.`),
    aliases: [],
    acceptedValues: [],
    supportsWildcards: false,
    dontShow: false,
    blocks: [block()],
    line: 20,
    ...parts,
  };
}

/** Help of a command with one unnamed set that shows all its parameters in order, unless told otherwise. */
export function commandHelp(name: string, parameters: Parameter[], parts: Partial<CommandHelp> = {}): CommandHelp {
  return {
    file: `help/${name}.md`,
    schemaVersion: '2.0.0',
    name,
    moduleName: 'Widgets',
    metadata: {},
    synopsis: paragraph('Does something.'),
    syntax: [syntaxItem('__AllParameterSets', parameters)],
    aliases: [],
    description: paragraph('Does something, at length.'),
    examples: [],
    parameters,
    commonParameters: [],
    inputs: [],
    outputs: [],
    notes: [],
    relatedLinks: [],
    ...parts,
  };
}

/** A set of SYNTAX that shows the parameters given. */
export function syntaxItem(
  parameterSetName: string,
  parameters: readonly Parameter[],
  isDefault = false,
): CommandHelp['syntax'][number] {
  return {
    parameterSetName,
    isDefault,
    hasCommonParameters: true,
    parameters: parameters.map(({ name, type }) => ({
      name,
      ...(type === 'SwitchParameter' ? {} : { type, isRequired: false }),
      isPositional: false,
      line: 10,
    })),
    line: 9,
  };
}

/** Settings with nothing but what every module needs. */
export function moduleSettings(parts: Partial<ModuleSettings> = {}): ModuleSettings {
  return {
    name: 'Widgets',
    version: '1.2.3',
    guid: '6f1ab3a6-6a3c-4a58-9d0c-1f0a4c2f7a11',
    author: 'Somebody',
    copyright: '(c) Somebody',
    description: 'Widgets.',
    powerShellVersion: '7.4',
    views: [],
    ...parts,
  };
}

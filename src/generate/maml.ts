import type { CommandHelp, InputOutput, Parameter, ParameterSetBlock, SyntaxItem } from '../help/model.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import { addExample } from './maml-example.ts';
import { parameterFacts } from './maml-facts.ts';
import { paragraphs } from './maml-text.ts';
import { addMaml, addParagraphs, type MamlName, mamlNamespaces } from './maml-xml.ts';
import { blocksBySet, sameBinding } from './parameter-sets.ts';
import { isWebAddress } from './web-address.ts';
import { startXml, writeXml, type XmlParent } from './xml-text.ts';

/** Writes one MAML file: the help of every cmdlet that names it, as Get-Help reads it. */
export function maml(helps: readonly CommandHelp[]): string {
  const { document, root } = startXml('helpItems', GENERATED_NOTE, {
    uri: 'http://msh',
    attributes: { schema: 'maml' },
  });
  for (const help of helps) {
    addCommand(root, help);
  }
  return writeXml(document);
}

function addCommand(root: XmlParent, help: CommandHelp): void {
  const command = addMaml(root, 'command:command');
  for (const [prefix, uri] of Object.entries(mamlNamespaces)) {
    command.att('http://www.w3.org/2000/xmlns/', `xmlns:${prefix}`, uri);
  }
  const [verb = '', ...noun] = help.name.split('-');
  const details = addMaml(command, 'command:details');
  addMaml(details, 'command:name', help.name);
  addMaml(details, 'command:verb', verb);
  addMaml(details, 'command:noun', noun.join('-'));
  addParagraphs(addMaml(details, 'maml:description'), paragraphs(help.synopsis));
  addParagraphs(addMaml(command, 'maml:description'), paragraphs(help.description));
  const syntax = addMaml(command, 'command:syntax');
  for (const item of help.syntax) {
    addSyntaxItem(syntax, help, item);
  }
  const parameters = addMaml(command, 'command:parameters');
  for (const parameter of help.parameters) {
    addParameter(parameters, help, parameter);
  }
  addTypes(addMaml(command, 'command:inputTypes'), 'command:inputType', help.inputs);
  addTypes(addMaml(command, 'command:returnValues'), 'command:returnValue', help.outputs);
  const notes = paragraphs(help.notes);
  if (notes.length > 0) {
    addParagraphs(addMaml(addMaml(command, 'maml:alertSet'), 'maml:alert'), notes);
  }
  const examples = addMaml(command, 'command:examples');
  for (const example of help.examples) {
    addExample(examples, example);
  }
  addLinks(addMaml(command, 'command:relatedLinks'), help);
}

/** One parameter set: SYNTAX says what it shows and in which order, PARAMETERS what each parameter is in this set. */
function addSyntaxItem(syntax: XmlParent, help: CommandHelp, item: SyntaxItem): void {
  const element = addMaml(syntax, 'command:syntaxItem');
  addMaml(element, 'maml:name', help.name);
  for (const { name, type, acceptedValues = [] } of item.parameters) {
    const parameter = help.parameters.find(candidate => candidate.name.toLowerCase() === name.toLowerCase());
    const block = parameter && blocksBySet(help, parameter).get(item.parameterSetName);
    if (parameter !== undefined && block !== undefined) {
      const added = addMaml(element, 'command:parameter');
      describeParameter(added, parameter, block, paragraphs(parameter.description));
      // With a group Get-Help shows `{A | B}` in place of `<Type>`: it stands where the help's SYNTAX has it so.
      addValueGroup(added, acceptedValues);
      addValue(added, isSwitch(parameter) ? undefined : (type ?? parameter.type), true);
      addDefault(added, parameter);
    }
  }
}

/**
 * A parameter on its own. Its attributes hold what is true in every set; what differs by set is told in a paragraph,
 * because Get-Help prints the attributes of one element alone.
 */
function addParameter(parameters: XmlParent, help: CommandHelp, parameter: Parameter): void {
  const element = addMaml(parameters, 'command:parameter');
  const blocks = [...blocksBySet(help, parameter).values()];
  const common = blocks.reduce(inEverySet);
  describeParameter(element, parameter, common, [
    ...paragraphs(parameter.description),
    ...parameterFacts(help, parameter),
  ]);
  addValue(element, parameter.type, !isSwitch(parameter));
  addDefault(element, parameter);
}

function inEverySet(left: ParameterSetBlock, right: ParameterSetBlock): ParameterSetBlock {
  if (sameBinding(left, right)) {
    return left;
  }
  return {
    ...left,
    isRequired: left.isRequired && right.isRequired,
    position: left.position === right.position ? left.position : 'named',
    valueFromPipeline: left.valueFromPipeline && right.valueFromPipeline,
    valueFromPipelineByPropertyName: left.valueFromPipelineByPropertyName && right.valueFromPipelineByPropertyName,
    valueFromRemainingArguments: left.valueFromRemainingArguments && right.valueFromRemainingArguments,
  };
}

function describeParameter(
  element: XmlParent,
  parameter: Parameter,
  block: ParameterSetBlock,
  description: readonly string[],
): void {
  element.att({
    required: String(block.isRequired),
    variableLength: 'true',
    globbing: String(parameter.supportsWildcards),
    pipelineInput: pipelineInput(block),
    position: String(block.position),
    aliases: parameter.aliases.join(', ') || 'none',
  });
  addMaml(element, 'maml:name', parameter.name);
  addParagraphs(addMaml(element, 'maml:description'), description);
}

function addValue(element: XmlParent, type: string | undefined, isRequired: boolean): void {
  if (type !== undefined) {
    const value = addMaml(element, 'command:parameterValue', type);
    value.att({ required: String(isRequired), variableLength: String(type.endsWith('[]')) });
  }
}

function addValueGroup(element: XmlParent, values: readonly string[]): void {
  if (values.length > 0) {
    const group = addMaml(element, 'command:parameterValueGroup');
    for (const value of values) {
      addMaml(group, 'command:parameterValue', value).att({ required: 'false', variableLength: 'false' });
    }
  }
}

function addDefault(element: XmlParent, parameter: Parameter): void {
  const type = addMaml(element, 'dev:type');
  addMaml(type, 'maml:name', parameter.type);
  addMaml(type, 'maml:uri');
  addMaml(element, 'dev:defaultValue', parameter.defaultValue ?? (isSwitch(parameter) ? 'False' : 'None'));
}

function isSwitch({ type }: Parameter): boolean {
  return /^(System\.Management\.Automation\.)?SwitchParameter$|^switch$/i.test(type);
}

function pipelineInput(block: ParameterSetBlock): string {
  const ways = [
    ...(block.valueFromPipelineByPropertyName ? ['ByPropertyName'] : []),
    ...(block.valueFromPipeline ? ['ByValue'] : []),
  ];
  return ways.length === 0 ? 'False' : `True (${ways.join(', ')})`;
}

function addTypes(parent: XmlParent, name: MamlName, types: readonly InputOutput[]): void {
  for (const { typename, description } of types) {
    const element = addMaml(parent, name);
    addMaml(addMaml(element, 'dev:type'), 'maml:name', typename);
    addParagraphs(addMaml(element, 'maml:description'), paragraphs(description));
  }
}

/**
 * The online version comes first: `Get-Help -Online` opens the first link. A link's address is an address of the web or
 * none, because with any other as the first `Get-Help` fails. Such an address stands in the link's text instead, but for
 * that of another page's file, such as `Get-Widget.md`, which says nothing outside of the Markdown.
 */
function addLinks(parent: XmlParent, help: CommandHelp): void {
  const { onlineVersionUrl } = help;
  const online = onlineVersionUrl !== undefined ? [{ linkText: 'Online Version:', uri: onlineVersionUrl }] : [];
  const others = help.relatedLinks.filter(({ linkText, uri }) => {
    return !(uri === help.onlineVersionUrl && /^online version:?$/i.test(linkText));
  });
  for (const { linkText, uri } of [...online, ...others]) {
    const link = addMaml(parent, 'maml:navigationLink');
    const isTold = isWebAddress(uri) || uri === '' || !/^[a-z][a-z0-9+.-]*:/i.test(uri);
    addMaml(link, 'maml:linkText', isTold ? linkText : `${linkText} (${uri})`);
    addMaml(link, 'maml:uri', isWebAddress(uri) ? uri : '');
  }
}

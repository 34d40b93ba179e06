import type { CommandHelp, InputOutput, Parameter, ParameterSetBlock, SyntaxItem } from '../help/model.ts';
import { blockForSet } from '../help/resolve-sets.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import { mamlExample } from './maml-example.ts';
import { parameterFacts } from './maml-facts.ts';
import { paragraphs } from './maml-text.ts';
import { type MamlName, mamlElement, mamlPrefixes, mamlProse } from './maml-xml.ts';
import { blocksBySet, sameBinding } from './parameter-sets.ts';
import { isWebAddress } from './web-address.ts';
import { sharedElement, type XmlAttributes, type XmlElement, xmlDocument } from './xml-text.ts';

/** Writes one MAML file: the help of every cmdlet that names it, as Get-Help reads it. */
export function maml(helps: readonly CommandHelp[]): string {
  const attributes = { xmlns: 'http://msh', schema: 'maml' };
  return xmlDocument(GENERATED_NOTE, 'helpItems', helps.values().map(commandElement), attributes);
}

function commandElement(help: CommandHelp): XmlElement {
  const [verb = '', ...noun] = help.name.split('-');
  // MAML has no place for ALIASES; schema 2.0.0 has the same text at the top of NOTES.
  const notes = paragraphs([...help.aliases, ...help.notes]);
  const parameters = new Map(help.parameters.map(parameter => [parameter.name.toLowerCase(), partsOf(parameter)]));
  const content = [
    mamlElement('command:details', [
      mamlElement('command:name', help.name),
      mamlElement('command:verb', verb),
      mamlElement('command:noun', noun.join('-')),
      mamlProse('maml:description', paragraphs(help.synopsis)),
    ]),
    mamlProse('maml:description', paragraphs(help.description)),
    mamlElement(
      'command:syntax',
      help.syntax.map(item => syntaxItem(help, item, parameters)),
    ),
    mamlElement(
      'command:parameters',
      [...parameters.values()].map(parts => parameterElement(help, parts)),
    ),
    mamlElement('command:inputTypes', typeElements('command:inputType', help.inputs)),
    mamlElement('command:returnValues', typeElements('command:returnValue', help.outputs)),
    ...(notes.length > 0 ? [mamlElement('maml:alertSet', [mamlProse('maml:alert', notes)])] : []),
    mamlElement('command:examples', help.examples.map(mamlExample)),
    mamlElement('command:relatedLinks', linkElements(help)),
  ];
  return mamlElement('command:command', content, mamlPrefixes);
}

/** What the element of a parameter on its own and those in each set have in common. */
interface ParameterParts {
  readonly parameter: Parameter;
  readonly name: XmlElement;
  readonly paragraphs: readonly string[];
  readonly description: XmlElement;
  readonly typeAndDefault: readonly XmlElement[];
}

function partsOf(parameter: Parameter): ParameterParts {
  const texts = paragraphs(parameter.description);
  return {
    parameter,
    name: mamlElement('maml:name', parameter.name),
    paragraphs: texts,
    description: sharedElement(mamlProse('maml:description', texts)),
    typeAndDefault: typeAndDefault(parameter).map(sharedElement),
  };
}

/** One parameter set: SYNTAX says what it shows and in which order, PARAMETERS what each parameter is in this set. */
function syntaxItem(help: CommandHelp, item: SyntaxItem, described: ReadonlyMap<string, ParameterParts>): XmlElement {
  const parameters = item.parameters.flatMap(({ name, type, acceptedValues = [] }) => {
    const parts = described.get(name.toLowerCase());
    const block = parts && blockForSet(parts.parameter, item.parameterSetName);
    if (parts === undefined || block === undefined) return [];
    const { parameter } = parts;
    const content = [
      parts.name,
      parts.description,
      // With a group Get-Help shows `{A | B}` in place of `<Type>`: it stands where the help's SYNTAX has it so.
      ...valueGroup(acceptedValues),
      ...(isSwitch(parameter) ? [] : [valueElement(type ?? parameter.type, true)]),
      ...parts.typeAndDefault,
    ];
    return [mamlElement('command:parameter', content, parameterAttributes(parameter, block))];
  });
  return mamlElement('command:syntaxItem', [mamlElement('maml:name', help.name), ...parameters]);
}

/**
 * A parameter on its own. Its attributes hold what is true in every set; what differs by set is told in a paragraph,
 * because Get-Help prints the attributes of one element alone.
 */
function parameterElement(help: CommandHelp, parts: ParameterParts): XmlElement {
  const { parameter, name } = parts;
  const common = [...blocksBySet(help, parameter).values()].reduce(inEverySet);
  const content = [
    name,
    mamlProse('maml:description', [...parts.paragraphs, ...parameterFacts(help, parameter)]),
    valueElement(parameter.type, !isSwitch(parameter)),
    ...parts.typeAndDefault,
  ];
  return mamlElement('command:parameter', content, parameterAttributes(parameter, common));
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

function parameterAttributes(parameter: Parameter, block: ParameterSetBlock): XmlAttributes {
  return {
    required: String(block.isRequired),
    variableLength: 'true',
    globbing: String(parameter.supportsWildcards),
    pipelineInput: pipelineInput(block),
    position: String(block.position),
    aliases: parameter.aliases.join(', ') || 'none',
  };
}

function valueElement(type: string, isRequired: boolean): XmlElement {
  const attributes = { required: String(isRequired), variableLength: String(type.endsWith('[]')) };
  return mamlElement('command:parameterValue', type, attributes);
}

function valueGroup(values: readonly string[]): XmlElement[] {
  if (values.length === 0) return [];
  const attributes = { required: 'false', variableLength: 'false' };
  const elements = values.map(value => mamlElement('command:parameterValue', value, attributes));
  return [mamlElement('command:parameterValueGroup', elements)];
}

function typeAndDefault(parameter: Parameter): XmlElement[] {
  return [
    mamlElement('dev:type', [mamlElement('maml:name', parameter.type), mamlElement('maml:uri')]),
    mamlElement('dev:defaultValue', parameter.defaultValue ?? (isSwitch(parameter) ? 'False' : 'None')),
  ];
}

function isSwitch({ type }: Parameter): boolean {
  return /^(System\.Management\.Automation\.)?SwitchParameter$|^switch$/i.test(type);
}

function pipelineInput(block: ParameterSetBlock): string {
  const ways = [
    ...(block.valueFromPipelineByPropertyName ? ['ByPropertyName'] : []),
    ...(block.valueFromPipeline ? ['ByValue'] : []),
    // So does PowerShell itself where it has no MAML.
    ...(block.valueFromRemainingArguments ? ['FromRemainingArguments'] : []),
  ];
  return ways.length === 0 ? 'False' : `True (${ways.join(', ')})`;
}

function typeElements(name: MamlName, types: readonly InputOutput[]): XmlElement[] {
  return types.map(({ typename, description }) =>
    mamlElement(name, [
      mamlElement('dev:type', [mamlElement('maml:name', typename)]),
      mamlProse('maml:description', paragraphs(description)),
    ]),
  );
}

/**
 * The online version comes first: `Get-Help -Online` opens the first link. A link's address is an address of the web or
 * none, because with any other as the first `Get-Help` fails. Such an address stands in the link's text instead, but for
 * that of another page's file, such as `Get-Widget.md`, which says nothing outside of the Markdown. Get-Help prints text and
 * address one after the other, so a link that is called by its address has no text.
 */
function linkElements(help: CommandHelp): XmlElement[] {
  const { onlineVersionUrl } = help;
  const online = onlineVersionUrl !== undefined ? [{ linkText: 'Online Version:', uri: onlineVersionUrl }] : [];
  const others = help.relatedLinks.filter(({ linkText, uri }) => {
    return !(uri === onlineVersionUrl && (linkText === uri || /^online version:?$/i.test(linkText)));
  });
  return [...online, ...others].map(({ linkText, uri }) => {
    const isWeb = isWebAddress(uri);
    const isTold = isWeb || uri === '' || !/^[a-z][a-z0-9+.-]*:/i.test(uri);
    const text = isTold ? linkText : `${linkText} (${uri})`;
    return mamlElement('maml:navigationLink', [
      mamlElement('maml:linkText', isWeb && text === uri ? '' : text),
      mamlElement('maml:uri', isWeb ? uri : ''),
    ]);
  });
}

import { stringify } from 'yaml';
import type { CommandHelp, Example, InputOutput, Link } from './model.ts';
import { writeParameterYaml } from './write-parameter-yaml.ts';
import { writeSyntax } from './write-syntax.ts';
import { escapeInline, writeBelow, writeLink, writeTextBlocks } from './write-text-blocks.ts';

/**
 * The help of a command as PlatyPS Markdown, in its own schema or in the other one. Read again, it is the same model but
 * for what only one schema can say: see `writeParameterYaml` and `writeSyntax`.
 */
export function writeCommandHelp(
  help: CommandHelp,
  schemaVersion: CommandHelp['schemaVersion'] = help.schemaVersion,
): string {
  const sections: [title: string, body: string][] = [
    ['SYNOPSIS', writeTextBlocks(help.synopsis)],
    ['SYNTAX', writeSyntax(help, schemaVersion)],
    ...(schemaVersion === '2.0.0' && help.aliases.length === 0
      ? []
      : ([['ALIASES', writeTextBlocks(help.aliases)]] satisfies [string, string][])),
    ['DESCRIPTION', writeTextBlocks(help.description)],
    ['EXAMPLES', help.examples.map(writeExample).join('\n\n')],
    ['PARAMETERS', writeParameters(help, schemaVersion)],
    ['INPUTS', help.inputs.map(writeInputOutput).join('\n\n')],
    ['OUTPUTS', help.outputs.map(writeInputOutput).join('\n\n')],
    ['NOTES', writeTextBlocks(help.notes)],
    ['RELATED LINKS', writeLinks(help.relatedLinks, schemaVersion)],
  ];
  const body = sections.map(([title, text]) => (text === '' ? `## ${title}` : `## ${title}\n\n${text}`));
  return `${writeFrontMatter(help, schemaVersion)}\n# ${help.name}\n\n${body.join('\n\n')}\n`;
}

function writeFrontMatter(help: CommandHelp, schemaVersion: CommandHelp['schemaVersion']): string {
  const is200 = schemaVersion === '2.0.0';
  const entries = {
    ...help.metadata,
    ...(help.externalHelpFile === undefined ? {} : { 'external help file': help.externalHelpFile }),
    ...(help.locale === undefined ? {} : { Locale: help.locale }),
    'Module Name': help.moduleName,
    ...(help.onlineVersionUrl === undefined ? {} : { [is200 ? 'online version' : 'HelpUri']: help.onlineVersionUrl }),
    [is200 ? 'schema' : 'PlatyPS schema version']: schemaVersion,
  };
  return `---\n${stringify(entries, { lineWidth: 0 })}---\n`;
}

function writeExample({ title, blocks }: Example): string {
  return writeBelow(`### ${escapeInline(title)}`, blocks);
}

function writeParameters(help: CommandHelp, schemaVersion: CommandHelp['schemaVersion']): string {
  const parameters = help.parameters.map(parameter =>
    [`### -${parameter.name}`, writeTextBlocks(parameter.description), writeParameterYaml(parameter, schemaVersion)]
      .filter(part => part !== '')
      .join('\n\n'),
  );
  const hasCommonParameters = help.commonParameters.length > 0 || help.syntax.some(item => item.hasCommonParameters);
  const common = hasCommonParameters ? [writeBelow('### CommonParameters', help.commonParameters)] : [];
  return [...parameters, ...common].join('\n\n');
}

function writeInputOutput({ typename, description }: InputOutput): string {
  return writeBelow(`### ${escapeInline(typename)}`, description);
}

function writeLinks(links: Link[], schemaVersion: CommandHelp['schemaVersion']): string {
  const written = links.map(({ linkText, uri }) => writeLink(linkText, uri));
  return schemaVersion === '2.0.0' ? written.join('\n\n') : written.map(link => `- ${link}`).join('\n');
}

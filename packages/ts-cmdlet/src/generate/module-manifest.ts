import { commandAliases } from '../help/command-aliases.ts';
import type { CommandHelp } from '../help/model.ts';
import { formatFileName } from './format-file.ts';
import { GENERATED_NOTE } from './generated-file.ts';
import type { ModuleSettings } from './module-settings.ts';
import { quoteLiteral } from './powershell-text.ts';

/**
 * Writes the module's `.psd1`. Everything exported is listed by name, so that PowerShell knows the module's commands
 * without loading it. `written` are the paths of the files that the build writes, for `listedFiles`; they are no FileList,
 * since PowerShell looks up each of that at every import.
 */
export function moduleManifest(
  helps: readonly CommandHelp[],
  settings: ModuleSettings & { readonly helpInfoUri?: string },
  written: readonly string[],
): string {
  const fields: Field[] = [
    ['RootModule', quoteLiteral(`${settings.name}.psm1`)],
    ['ModuleVersion', quoteLiteral(settings.version)],
    ['GUID', optionalLiteral(settings.guid)],
    ['Author', quoteLiteral(settings.author)],
    ['CompanyName', optionalLiteral(settings.companyName)],
    ['Copyright', quoteLiteral(settings.copyright)],
    ['Description', optionalLiteral(settings.description)],
    ['PowerShellVersion', quoteLiteral(settings.powerShellVersion)],
    ['CompatiblePSEditions', list(['Core'])],
    ...formats(settings),
    ['FunctionsToExport', list(helps.map(({ name }) => name))],
    ['CmdletsToExport', list([])],
    ['VariablesToExport', list([])],
    ['AliasesToExport', list(helps.flatMap(({ aliases }) => commandAliases(aliases).names))],
    ['HelpInfoURI', optionalLiteral(settings.helpInfoUri)],
  ];
  const galleryFields: Field[] = [
    ['Tags', settings.tags && list(settings.tags)],
    ['LicenseUri', optionalLiteral(settings.licenseUri)],
    ['ProjectUri', optionalLiteral(settings.projectUri)],
  ];
  const lines = [
    ...assignments(fields, 1),
    '    PrivateData = @{',
    '        PSData = @{',
    ...assignments(galleryFields, 3),
    '        }',
    `        ${GENERATED_FILES} = ${list(written)}`,
    '    }',
  ];
  return manifest(lines);
}

/** Writes the manifest of a module of nothing but types files. */
export function typesManifest({ version }: Pick<ModuleSettings, 'version'>, files: readonly string[]): string {
  const fields: Field[] = [
    ['ModuleVersion', quoteLiteral(version)],
    ['FunctionsToExport', list([])],
    ['CmdletsToExport', list([])],
    ['VariablesToExport', list([])],
    ['AliasesToExport', list([])],
    ['TypesToProcess', list(files)],
  ];
  return manifest(assignments(fields, 1));
}

/** The format files that the import loads, the module's own first; none is left out, as it would cost each import. */
function formats(settings: ModuleSettings): Field[] {
  const own = formatFileName(settings);
  const files = [...(own === undefined ? [] : [own]), ...(settings.formatFiles ?? [])];
  return files.length === 0 ? [] : [['FormatsToProcess', list(files)]];
}

function manifest(lines: readonly string[]): string {
  return `# ${GENERATED_NOTE}\n\n@{\n${lines.join('\n')}\n}\n`;
}

/** What PrivateData calls the files that a build writes. */
const GENERATED_FILES = 'GeneratedFiles';

/**
 * The files that a build wrote beside the manifest, by the manifest's own text; what a text above may say that looks like
 * their list does not count. None where it does not tell.
 */
export function listedFiles(text: string): string[] {
  const [, items = ''] = [...text.matchAll(new RegExp(`^ +${GENERATED_FILES} = @\\((.*)\\)$`, 'gm'))].at(-1) ?? [];
  return [...items.matchAll(/'((?:[\w.-]+\/)*[\w.-]+)'/g)].map(([, item = '']) => item).filter(isBelow);
}

function isBelow(file: string): boolean {
  return !file.split('/').includes('..');
}

/** A field of the manifest and its value as PowerShell source; fields without a value are left out. */
type Field = [name: string, value: string | undefined];

function assignments(fields: readonly Field[], depth: number): string[] {
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${'    '.repeat(depth)}${name} = ${value}`]));
}

function list(values: readonly string[]): string {
  return `@(${values.map(quoteLiteral).join(', ')})`;
}

function optionalLiteral(text: string | undefined): string | undefined {
  return text === undefined ? undefined : quoteLiteral(text);
}

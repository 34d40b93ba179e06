import type { DeclaredOutput } from './declared-outputs.ts';
import { GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';
import { typesManifest } from './module-manifest.ts';
import type { ModuleSettings } from './module-settings.ts';
import { quoteLiteral } from './powershell-text.ts';
import type { TypeMembers } from './view-settings.ts';
import { element, type XmlElement, xmlDocument } from './xml-text.ts';

/**
 * The folder of the types file and its manifest. This is not beside the module's: Publish-PSResource takes the first `.psd1`
 * that the module's folder lists.
 */
const FOLDER = 'views';

/**
 * Makes the files of what PowerShell adds to a module's objects: none where it adds nothing. They are a module within the
 * module, which its script imports. The manifest of the module itself could name the types file, but then PowerShell refuses
 * a second version of the module beside the first, whose types have the members already.
 */
export function typesFiles(settings: ModuleSettings, outputs: readonly DeclaredOutput[]): GeneratedFile[] {
  const { name, types = [], typeFiles = [] } = settings;
  const own = types.length + outputs.length > 0 ? [`${name}.types.ps1xml`] : [];
  if (own.length + typeFiles.length === 0) return [];
  return [
    ...own.map(file => ({ path: `${FOLDER}/${file}`, content: typesFile(settings, outputs) })),
    {
      path: `${FOLDER}/${name}.types.psd1`,
      content: typesManifest(settings, [...own, ...typeFiles.map(file => `../${file}`)]),
    },
  ];
}

/**
 * What a module's script does to import its types. Where another version of the module is there, its types stay: they have
 * the same names.
 */
export function importTypes({ name }: ModuleSettings): string {
  const module = quoteLiteral(name);
  return `
try {
    Microsoft.PowerShell.Core\\Import-Module ('{0}/${FOLDER}/${name}.types.psd1' -f $PSScriptRoot) -Verbose:$false -ErrorAction Stop
} catch {
    & $\u007Bfunction:Confirm-OtherVersion} ${module} $_
}
`;
}

/**
 * Writes the module's types file (about_Types.ps1xml): what PowerShell adds to the objects of its types, and the properties
 * that handlers declare, so that these complete before there is an object. Those of an object itself come before them; one
 * that an object does not have is null.
 */
function typesFile({ types = [] }: ModuleSettings, outputs: readonly DeclaredOutput[]): string {
  const names = [...new Set([...types, ...outputs].map(({ typeName }) => typeName))];
  const elements = names.map(typeName => {
    const members = types.filter(each => each.typeName === typeName);
    const declared = outputs.find(each => each.typeName === typeName)?.properties ?? {};
    return typeElement(Object.assign({ typeName }, ...members), declared);
  });
  return xmlDocument(GENERATED_NOTE, 'Types', elements);
}

function typeElement(members: TypeMembers, declared: DeclaredOutput['properties']): XmlElement {
  const { typeName, aliasProperties = {}, scriptProperties = {} } = members;
  return element('Type', [
    element('Name', typeName),
    element('Members', [
      ...Object.entries(declared).map(([name, { typeName: inner }]) =>
        element('ScriptProperty', [
          element('Name', name),
          element('GetScriptBlock', declaredValue(inner)),
          element('SetScriptBlock', ownValue(name)),
        ]),
      ),
      ...Object.entries(aliasProperties).map(([name, of]) =>
        element('AliasProperty', [element('Name', name), element('ReferencedMemberName', of)]),
      ),
      ...Object.entries(scriptProperties).map(([name, script]) =>
        element('ScriptProperty', [element('Name', name), element('GetScriptBlock', script)]),
      ),
      ...standardMembers(members),
    ]),
  ]);
}

/** The value of a declared property that an object does not have. By its OutputType PowerShell completes what is inside. */
function declaredValue(typeName: string | undefined): string {
  return typeName === undefined ? '$null' : `[OutputType(${quoteLiteral(typeName)})] param() $null`;
}

/**
 * What gives an object a declared property that it does not have: `[pscustomobject] @{ PSTypeName = …; Name = … }`, as tests
 * of scripts make objects of a type, sets the type first.
 */
function ownValue(name: string): string {
  const property = `[System.Management.Automation.PSNoteProperty]::new(${quoteLiteral(name)}, $args[0])`;
  return `$this.PSObject.Members.Add(${property}, $true)`;
}

/** What a list shows, and Format-Table where there is no view; what Compare-Object and Group-Object go by. */
function standardMembers({ defaultProperties, keyProperties }: TypeMembers): XmlElement[] {
  const sets = [
    ...(defaultProperties ? [propertySet('DefaultDisplayPropertySet', defaultProperties)] : []),
    ...(keyProperties ? [propertySet('DefaultKeyPropertySet', keyProperties)] : []),
  ];
  if (sets.length === 0) return [];
  return [element('MemberSet', [element('Name', 'PSStandardMembers'), element('Members', sets)])];
}

function propertySet(name: string, properties: readonly string[]): XmlElement {
  const names = properties.map(each => element('Name', each));
  return element('PropertySet', [element('Name', name), element('ReferencedProperties', names)]);
}

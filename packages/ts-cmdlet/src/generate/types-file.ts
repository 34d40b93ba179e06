import { GENERATED_NOTE } from './generated-file.ts';
import type { ModuleSettings } from './module-settings.ts';
import type { TypeMembers } from './view-settings.ts';
import { element, type XmlElement, xmlDocument } from './xml-text.ts';

/** The name of a module's types file; none where the settings add no members to its objects. */
export function typesFileName({ name, types = [] }: ModuleSettings): string | undefined {
  return types.length > 0 ? `${name}.types.ps1xml` : undefined;
}

/** Writes the module's types file (about_Types.ps1xml): what PowerShell adds to the objects of its types. */
export function typesFile({ types = [] }: ModuleSettings): string {
  return xmlDocument(GENERATED_NOTE, 'Types', types.map(typeElement));
}

function typeElement(members: TypeMembers): XmlElement {
  const { typeName, aliasProperties = {}, scriptProperties = {} } = members;
  return element('Type', [
    element('Name', typeName),
    element('Members', [
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

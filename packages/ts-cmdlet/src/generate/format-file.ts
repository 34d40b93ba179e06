import { GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';
import { formatManifest } from './module-manifest.ts';
import type { ModuleSettings, View, ViewColumn } from './module-settings.ts';
import { element, type XmlElement, xmlDocument } from './xml-text.ts';

/**
 * The folder of the views. Their manifest is not beside the module's: Publish-PSResource takes the first `.psd1` that the
 * module's folder lists. Output.ps1 has the same name.
 */
const VIEWS_FOLDER = 'views';

/** The name of the manifest that a module's views are loaded by; none where it has no views. */
export function formatManifestName({ name, views }: ModuleSettings): string | undefined {
  return views.length > 0 ? `${name}.format.psd1` : undefined;
}

/** Writes the module's format file and its manifest; nothing where it has no views. */
export function formatFiles(settings: ModuleSettings): GeneratedFile[] {
  const manifest = formatManifestName(settings);
  if (manifest === undefined) return [];
  const format = `${settings.name}.format.ps1xml`;
  return [
    { path: `${VIEWS_FOLDER}/${format}`, content: formatFile(settings) },
    { path: `${VIEWS_FOLDER}/${manifest}`, content: formatManifest(settings, format) },
  ];
}

/** Writes the module's format file: for each view a table. */
export function formatFile(settings: ModuleSettings): string {
  const views = element('ViewDefinitions', settings.views.map(viewElement));
  return xmlDocument(GENERATED_NOTE, 'Configuration', [views]);
}

function viewElement({ typeName, columns, wrap = false }: View): XmlElement {
  const items = columns.map(({ property }) => element('TableColumnItem', [columnValue(property)]));
  const row = element('TableRowEntry', [...(wrap ? [element('Wrap')] : []), element('TableColumnItems', items)]);
  return element('View', [
    element('Name', typeName),
    element('ViewSelectedBy', [element('TypeName', typeName)]),
    element('TableControl', [element('TableHeaders', columns.map(headerElement)), element('TableRowEntries', [row])]),
  ]);
}

/** A dotted path has no PropertyName: only a script block can follow it. The schema lets nothing but identifiers in. */
function columnValue(property: string): XmlElement {
  return property.includes('.') ? element('ScriptBlock', `$_.${property}`) : element('PropertyName', property);
}

function headerElement({ label, width, alignment }: ViewColumn): XmlElement {
  return element('TableColumnHeader', [
    element('Label', label),
    ...(width === undefined ? [] : [element('Width', String(width))]),
    ...(alignment === undefined ? [] : [element('Alignment', alignment)]),
  ]);
}

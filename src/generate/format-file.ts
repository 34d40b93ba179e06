import { GENERATED_NOTE } from './generated-file.ts';
import type { ModuleSettings, View, ViewColumn } from './module-settings.ts';
import { addElement, startXml, writeXml, type XmlParent } from './xml-text.ts';

/** Writes the module's format file: for each view a table. */
export function formatFile(settings: ModuleSettings): string {
  const { document, root } = startXml('Configuration', GENERATED_NOTE);
  const definitions = addElement(root, 'ViewDefinitions');
  for (const view of settings.views) {
    addView(definitions, view);
  }
  return writeXml(document);
}

function addView(parent: XmlParent, { typeName, columns }: View): void {
  const view = addElement(parent, 'View');
  addElement(view, 'Name', typeName);
  addElement(addElement(view, 'ViewSelectedBy'), 'TypeName', typeName);
  const table = addElement(view, 'TableControl');
  const headers = addElement(table, 'TableHeaders');
  for (const column of columns) {
    addHeader(headers, column);
  }
  const items = addElement(addElement(addElement(table, 'TableRowEntries'), 'TableRowEntry'), 'TableColumnItems');
  for (const { property } of columns) {
    const item = addElement(items, 'TableColumnItem');
    // A dotted path has no PropertyName: only a script block can follow it. The schema lets nothing but identifiers in.
    if (property.includes('.')) {
      addElement(item, 'ScriptBlock', `$_.${property}`);
    } else {
      addElement(item, 'PropertyName', property);
    }
  }
}

function addHeader(parent: XmlParent, { label, width, alignment }: ViewColumn): void {
  const header = addElement(parent, 'TableColumnHeader');
  addElement(header, 'Label', label);
  if (width !== undefined) {
    addElement(header, 'Width', String(width));
  }
  if (alignment !== undefined) {
    addElement(header, 'Alignment', alignment);
  }
}

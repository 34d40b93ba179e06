import { GENERATED_NOTE } from './generated-file.ts';
import type { ModuleSettings } from './module-settings.ts';
import type { ListView, ShownValue, TableView, View, ViewColumn, WideView } from './view-settings.ts';
import { element, type XmlElement, xmlDocument } from './xml-text.ts';

/** The name of a module's format file; none where it has no views. */
export function formatFileName({ name, views }: ModuleSettings): string | undefined {
  return views.length > 0 ? `${name}.format.ps1xml` : undefined;
}

/** Writes the module's format file (about_Format.ps1xml): its views in their order, of which a type's first is its default. */
export function formatFile(settings: ModuleSettings): string {
  const views = element('ViewDefinitions', settings.views.map(viewElement));
  return xmlDocument(GENERATED_NOTE, 'Configuration', [views]);
}

function viewElement(view: View): XmlElement {
  const { typeName, name = typeName, groupBy } = view;
  return element('View', [
    element('Name', name),
    element('ViewSelectedBy', [element('TypeName', typeName)]),
    ...(groupBy ? [element('GroupBy', groupElements(groupBy))] : []),
    'columns' in view ? tableControl(view) : 'list' in view ? listControl(view) : wideControl(view),
  ]);
}

/** In PowerShell's schema the label of a group comes last. */
function groupElements({ label, ...value }: NonNullable<View['groupBy']>): XmlElement[] {
  return [...valueElements(value), ...(label === undefined ? [] : [element('Label', label)])];
}

function tableControl({ columns, wrap, autoSize, hideHeaders }: TableView): XmlElement {
  const items = columns.map(column => element('TableColumnItem', valueElements(column)));
  const row = element('TableRowEntry', [...(wrap ? [element('Wrap')] : []), element('TableColumnItems', items)]);
  return element('TableControl', [
    ...(autoSize ? [element('AutoSize')] : []),
    ...(hideHeaders ? [element('HideTableHeaders')] : []),
    element('TableHeaders', columns.map(headerElement)),
    element('TableRowEntries', [row]),
  ]);
}

function headerElement({ label, width, alignment }: ViewColumn): XmlElement {
  return element('TableColumnHeader', [
    element('Label', label),
    ...(width === undefined ? [] : [element('Width', String(width))]),
    ...(alignment === undefined ? [] : [element('Alignment', alignment)]),
  ]);
}

function listControl({ list }: ListView): XmlElement {
  const items = list.map(({ label, ...value }) => {
    // A script has no name that PowerShell could show for it.
    const shown = label ?? value.property ?? value.script?.trim();
    return element('ListItem', [...(shown === undefined ? [] : [element('Label', shown)]), ...valueElements(value)]);
  });
  return element('ListControl', [element('ListEntries', [element('ListEntry', [element('ListItems', items)])])]);
}

function wideControl({ wide: { columns, ...value } }: WideView): XmlElement {
  return element('WideControl', [
    ...(columns === undefined ? [] : [element('ColumnNumber', String(columns))]),
    element('WideEntries', [element('WideEntry', [element('WideItem', valueElements(value))])]),
  ]);
}

/** Where a value comes from. Its format is PowerShell's own element, unless a script has to write its color around it. */
function valueElements({ property, script, format, color }: ShownValue): XmlElement[] {
  // A dotted path has no PropertyName: only a script block can follow it. The schema lets nothing but identifiers in.
  const source = script ?? (property?.includes('.') || color !== undefined ? `$_.${property}` : undefined);
  if (color !== undefined && source !== undefined) return [element('ScriptBlock', colored(source, format, color))];
  const value = source === undefined ? element('PropertyName', property ?? '') : element('ScriptBlock', source);
  return format === undefined ? [value] : [value, element('FormatString', format)];
}

/** The script of a colored value; nothing of color is written for an object whose script returns none. */
function colored(source: string, format: string | undefined, color: NonNullable<ShownValue['color']>): string {
  const style = typeof color === 'string' ? `$PSStyle.${color}` : color.script;
  const written = format === undefined ? '$text' : `('${format.replaceAll("'", "''")}' -f $text)`;
  return [
    `$text = $(${source})`,
    `$style = $(${style})`,
    `if ($style) { "$style$(${written})$($PSStyle.Reset)" } else { ${written} }`,
  ].join('\n');
}

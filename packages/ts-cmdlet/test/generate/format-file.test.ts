import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { formatFile } from '../../src/generate/format-file.ts';
import { moduleSettings } from '../support/help-models.ts';

test('a view is a table: a plain property by its name, a path by a script block', () => {
  const columns = [
    { label: 'Name & more', property: 'Name', width: 20, alignment: 'Right' as const },
    { label: 'Owner', property: 'Owner.Name' },
  ];
  const xml = formatFile(moduleSettings({ views: [{ typeName: 'Widgets.Widget', columns }] }));
  expect(new XMLParser({ ignoreDeclaration: true }).parse(xml)).toEqual({
    Configuration: {
      ViewDefinitions: {
        View: {
          Name: 'Widgets.Widget',
          ViewSelectedBy: { TypeName: 'Widgets.Widget' },
          TableControl: {
            TableHeaders: {
              TableColumnHeader: [{ Label: 'Name & more', Width: 20, Alignment: 'Right' }, { Label: 'Owner' }],
            },
            TableRowEntries: {
              TableRowEntry: {
                TableColumnItems: {
                  TableColumnItem: [{ PropertyName: 'Name' }, { ScriptBlock: '$_.Owner.Name' }],
                },
              },
            },
          },
        },
      },
    },
  });
});

test('a view with wrap breaks long values instead of cutting them', () => {
  const rowOf = (wrap?: boolean) => {
    const view = {
      typeName: 'Widget',
      columns: [{ label: 'Name', property: 'Name' }],
      ...(wrap === undefined ? {} : { wrap }),
    };
    return /<TableRowEntry>\s*<(\w+)/.exec(formatFile(moduleSettings({ views: [view] })))?.[1];
  };
  expect([rowOf(true), rowOf(false), rowOf()]).toEqual(['Wrap', 'TableColumnItems', 'TableColumnItems']);
});

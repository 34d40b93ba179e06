import { type Static, type TObject, type TProperties, Type } from 'typebox';

// What module.json may say of the objects that a module writes: how PowerShell shows them, and what members it adds
// (about_Format.ps1xml, about_Types.ps1xml).

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const identifier = '[A-Za-z_][A-Za-z0-9_]*';

const PropertyPath = Type.String({
  pattern: `^${identifier}(\\.${identifier})*$`,
  description: 'A property, or a path of them such as Account.ObjectId.',
});
const Script = Type.String({ minLength: 1, description: 'PowerShell that returns the text; the object is $_.' });
const STYLE = '^(Foreground|Background|Formatting)\\.[A-Za-z]+$';
const Color = Type.Union(
  [
    Type.String({ pattern: STYLE }),
    Type.Object(
      { script: Text },
      { ...closed, description: 'PowerShell that returns a member of $PSStyle, or nothing.' },
    ),
  ],
  { description: 'A member of $PSStyle, such as Foreground.Green, or a script that returns one for the object $_.' },
);

/** Where a value that is shown comes from: `property` or `script`, and how it is written. */
const shown = {
  property: Type.Optional(PropertyPath),
  script: Type.Optional(Script),
  format: Type.Optional(
    Type.String({ minLength: 1, description: 'A format of .NET, such as {0:N2} or {0:yyyy-MM-dd}; {0} is the value.' }),
  ),
  color: Type.Optional(Color),
};

/** A value needs one source: ajv refuses none, and both. */
function withOneSource<T extends TProperties>(properties: T): TObject<T> {
  return Type.Object(properties, { ...closed, oneOf: [{ required: ['property'] }, { required: ['script'] }] });
}

/** One column of a table. */
export const ViewColumn = withOneSource({
  label: Text,
  ...shown,
  width: Type.Optional(Type.Integer({ minimum: 1 })),
  alignment: Type.Optional(Type.Enum(['Left', 'Center', 'Right'])),
});
export type ViewColumn = Static<typeof ViewColumn>;

/** One line of a list; its label is that of the property where there is none. */
export const ListItem = withOneSource({ label: Type.Optional(Text), ...shown });
export type ListItem = Static<typeof ListItem>;

/** What a wide view shows of each object. */
export const WideItem = withOneSource({
  ...shown,
  columns: Type.Optional(Type.Integer({ minimum: 1, description: 'How many objects stand in a line.' })),
});
export type WideItem = Static<typeof WideItem>;

/** What is shown of an object: the source of one value. */
export type ShownValue = Pick<ViewColumn, 'property' | 'script' | 'format' | 'color'>;

const GroupBy = withOneSource({ label: Type.Optional(Text), property: shown.property, script: shown.script });

const common = {
  typeName: Type.String({ minLength: 1, description: 'The type that the view is for: one of an OUTPUTS.' }),
  name: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The name for Format-Table -View and the like; the type name when absent.',
    }),
  ),
  groupBy: Type.Optional(GroupBy),
};

export const TableView = Type.Object(
  {
    ...common,
    columns: Type.Array(ViewColumn, { minItems: 1 }),
    wrap: Type.Optional(
      Type.Boolean({ description: 'A value longer than its column continues in the next line; otherwise it is cut.' }),
    ),
    autoSize: Type.Optional(Type.Boolean({ description: 'Columns are as wide as what they hold.' })),
    hideHeaders: Type.Optional(Type.Boolean()),
  },
  { ...closed, description: 'A table.' },
);
export type TableView = Static<typeof TableView>;

export const ListView = Type.Object(
  { ...common, list: Type.Array(ListItem, { minItems: 1 }) },
  { ...closed, description: 'A list: a line for each value.' },
);
export type ListView = Static<typeof ListView>;

export const WideView = Type.Object(
  { ...common, wide: WideItem },
  { ...closed, description: 'A wide view: one value of each object, several in a line.' },
);
export type WideView = Static<typeof WideView>;

/** A way in which PowerShell shows objects of a type. The first of a type's views is its default. */
export const View = Type.Union([TableView, ListView, WideView]);
export type View = Static<typeof View>;

const MemberName = Type.String({ pattern: `^${identifier}$` });
const MemberNames = Type.Array(MemberName, { minItems: 1 });

/** What PowerShell adds to objects of a type. */
export const TypeMembers = Type.Object(
  {
    typeName: Type.String({ minLength: 1, description: 'The type that the members are for: one of an OUTPUTS.' }),
    defaultProperties: Type.Optional(MemberNames),
    keyProperties: Type.Optional(MemberNames),
    aliasProperties: Type.Optional(
      Type.Record(Type.String({ pattern: `^${identifier}$` }), MemberName, {
        description: 'Other names of properties: the new name, and the property that it stands for.',
      }),
    ),
    scriptProperties: Type.Optional(
      Type.Record(Type.String({ pattern: `^${identifier}$` }), Text, {
        description: 'Properties that PowerShell computes: the name, and PowerShell in which the object is $this.',
      }),
    ),
  },
  closed,
);
export type TypeMembers = Static<typeof TypeMembers>;

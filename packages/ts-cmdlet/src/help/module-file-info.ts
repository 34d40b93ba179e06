import { type Static, Type } from 'typebox';
import { TextBlocks } from './model.ts';

const closed = { additionalProperties: false } as const;

/** A command as a module page lists it. */
export const ModuleCommandInfo = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** The address of the command's page as written; empty where the name is no link. */
    link: Type.String(),
    description: TextBlocks,
    line: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type ModuleCommandInfo = Static<typeof ModuleCommandInfo>;

/** A level 2 section of a module page with its commands, such as `PartnerCenter Cmdlets`. */
export const ModuleCommandGroup = Type.Object(
  { groupTitle: Type.String({ minLength: 1 }), commands: Type.Array(ModuleCommandInfo) },
  closed,
);
export type ModuleCommandGroup = Static<typeof ModuleCommandGroup>;

/** What a module page says; the names are those of PlatyPS's model. */
export const ModuleFileInfo = Type.Object(
  {
    /** The Markdown file's path as it was given to the reader. */
    file: Type.String(),
    /** Absent where the page names none, as PlatyPS 0.14 leaves it out. */
    schemaVersion: Type.Optional(Type.Union([Type.Literal('2.0.0'), Type.Literal('2024-05-01')])),
    moduleName: Type.String({ minLength: 1 }),
    moduleGuid: Type.Optional(Type.String({ minLength: 1 })),
    helpVersion: Type.Optional(Type.String({ minLength: 1 })),
    /** `Download Help Link` (schema 2.0.0) or `HelpInfoUri`: where Update-Help looks. */
    helpInfoUri: Type.Optional(Type.String({ minLength: 1 })),
    locale: Type.Optional(Type.String({ minLength: 1 })),
    /** The remaining keys of the front matter, as written. */
    metadata: Type.Record(Type.String(), Type.Unknown()),
    /** The level 1 heading; empty where the page has none. */
    title: Type.String(),
    description: TextBlocks,
    commandGroups: Type.Array(ModuleCommandGroup),
  },
  closed,
);
export type ModuleFileInfo = Static<typeof ModuleFileInfo>;

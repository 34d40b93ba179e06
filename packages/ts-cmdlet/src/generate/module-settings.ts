import { type Static, type TSchema, Type } from 'typebox';
import { TypeMembers, View } from './view-settings.ts';

export type { View, ViewColumn } from './view-settings.ts';

// The schema of module.json. scripts/compile-packages.ts writes it to module.schema.json, which editors read: what stands in
// a description is shown to authors.

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const identifier = '[A-Za-z_][A-Za-z0-9_]*';
const Bounds = <T extends TSchema>(bound: T) => Type.Tuple([bound, bound]);
const Count = Type.Integer({ minimum: 0 });

/**
 * A check that PowerShell makes of a value, or one that it leaves out for a mandatory parameter. A text is an attribute
 * without arguments: `NotNull` is `[ValidateNotNull()]`, `AllowNull` is `[AllowNull()]`.
 */
const Validation = Type.Union([
  Type.Literal('NotNull'),
  Type.Literal('NotNullOrEmpty'),
  Type.Literal('NotNullOrWhiteSpace'),
  Type.Literal('AllowEmptyString'),
  Type.Literal('AllowEmptyCollection'),
  Type.Literal('AllowNull'),
  Type.Object({ Range: Bounds(Type.Number()) }, closed),
  Type.Object({ Length: Bounds(Count) }, closed),
  Type.Object({ Count: Bounds(Count) }, closed),
  Type.Object({ Pattern: Text }, closed),
]);
export type Validation = Static<typeof Validation>;
const Validations = Type.Array(Validation, { minItems: 1 });

/** A path below the folder of module.json, with forward slashes. */
const ownFile = (end: string) => Type.String({ pattern: `^([A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+\\.${end}$` });

/** What a module needs and no help page says: its `module.json`. */
export const ModuleSettings = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'The schema by which an editor helps with this file.' })),
    name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', description: "The module's name." }),
    version: Type.String({
      pattern: '^[0-9]+\\.[0-9]+(\\.[0-9]+){0,2}$',
      description: "The manifest's ModuleVersion.",
    }),
    guid: Type.Optional(
      Type.String({
        pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
        description: "The manifest's GUID; the module's help page may have it instead.",
      }),
    ),
    author: Text,
    companyName: Type.Optional(Text),
    copyright: Text,
    description: Type.Optional(
      Type.String({ minLength: 1, description: "The manifest's; the module's help page may have it instead." }),
    ),
    tags: Type.Optional(Type.Array(Type.String({ pattern: '^\\S+$' }))),
    licenseUri: Type.Optional(Type.String({ pattern: '^https?://' })),
    projectUri: Type.Optional(Type.String({ pattern: '^https?://' })),
    powerShellVersion: Type.Literal('7.4', { description: 'The oldest PowerShell that modules run in.' }),
    culture: Type.Optional(
      Type.String({
        pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
        description:
          "The language of the help, which names the folder of its files; the module page's, or en-US, when absent.",
      }),
    ),
    views: Type.Array(View, { description: 'How PowerShell shows the objects that the module writes.' }),
    types: Type.Optional(
      Type.Array(TypeMembers, { description: 'What PowerShell adds to the objects that the module writes.' }),
    ),
    formatFiles: Type.Optional(
      Type.Array(ownFile('format\\.ps1xml'), {
        description: 'Format files of your own, from the folder of this file on.',
      }),
    ),
    typeFiles: Type.Optional(
      Type.Array(ownFile('types\\.ps1xml'), {
        description: 'Types files of your own, from the folder of this file on.',
      }),
    ),
    parameterValidation: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Validations), {
        description: 'Cmdlet, then parameter: checks that PowerShell makes before it calls.',
      }),
    ),
    secretParameters: Type.Optional(
      Type.Record(Type.String(), Type.Array(Text, { minItems: 1 }), {
        description: 'Parameters of type String, by cmdlet, that take a SecureString as well.',
      }),
    ),
    pathParameters: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(Type.String(), Type.Union([Type.Literal('Literal'), Type.Literal('Wildcard')])),
        {
          description:
            'Cmdlet, then parameter of type String or String[]: paths that are resolved before the handler has them.',
        },
      ),
    ),
    confirmImpact: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.Literal('None'), Type.Literal('Low'), Type.Literal('Medium'), Type.Literal('High')]),
        {
          description:
            'How much is at stake, by cmdlet: from which $ConfirmPreference on PowerShell asks. Medium when absent.',
        },
      ),
    ),
    hostFunctions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            file: ownFile('ps1'),
            names: Type.Array(Type.String({ pattern: `^${identifier}(-${identifier})?$` }), { minItems: 1 }),
          },
          closed,
        ),
        {
          description:
            "PowerShell of the module's own, from the folder of this file on, and its functions that the core may call.",
        },
      ),
    ),
    outputs: Type.Optional(
      Type.String({
        pattern: '^([A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+\\.ts$',
        description:
          "The file, from the folder of this file on, that exports as 'outputs' the types that the handlers declare: parameters that take such objects are typed and checked by them.",
      }),
    ),
    leaveOut: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.Literal(true), Type.Array(Text, { minItems: 1 })]), {
        description: 'Cmdlets of the help that the module does not have (true), or parameters of them, by name.',
      }),
    ),
    externalPackages: Type.Optional(
      Type.Array(Type.String({ pattern: '^(@[a-z0-9-][a-z0-9._-]*/)?[a-z0-9-][a-z0-9._-]*$' }), {
        description:
          'npm packages that cannot be bundled, because they are compiled or read files of their own: they and what they depend on go beside the core as they are.',
      }),
    ),
  },
  closed,
);
export type ModuleSettings = Static<typeof ModuleSettings>;

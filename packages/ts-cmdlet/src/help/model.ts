import { type Static, Type } from 'typebox';

// The shape of a command's help, written down once: each schema below is a JSON Schema and the TypeScript type of the same
// name. The reader has the types alone; the tests hold what it makes of any page against the schemas. Names follow PlatyPS's own model (Microsoft.PowerShell.PlatyPS.Model) and MAML.

const closed = { additionalProperties: false } as const;

/**
 * One block of prose. `markdown` is the inline source as it was written, `text` the same as plain text: emphasis and
 * escapes resolved, a link as `label (address)`, soft line breaks as spaces.
 */
export const TextBlock = Type.Cyclic(
  {
    TextBlock: Type.Union([
      Type.Object({ kind: Type.Literal('paragraph'), markdown: Type.String(), text: Type.String() }, closed),
      Type.Object(
        {
          kind: Type.Literal('heading'),
          level: Type.Integer({ minimum: 1, maximum: 6 }),
          markdown: Type.String(),
          text: Type.String(),
        },
        closed,
      ),
      Type.Object(
        {
          kind: Type.Literal('list'),
          ordered: Type.Boolean(),
          start: Type.Integer({ minimum: 0 }),
          items: Type.Array(Type.Array(Type.Ref('TextBlock'))),
        },
        closed,
      ),
      Type.Object(
        {
          kind: Type.Literal('code'),
          /** The first word behind the fence; empty for none. */
          language: Type.String(),
          /** The rest behind the fence. */
          meta: Type.Optional(Type.String({ minLength: 1 })),
          text: Type.String(),
        },
        closed,
      ),
      Type.Object({ kind: Type.Literal('quote'), blocks: Type.Array(Type.Ref('TextBlock')) }, closed),
      Type.Object(
        {
          kind: Type.Literal('table'),
          markdown: Type.String(),
          header: Type.Array(Type.String()),
          rows: Type.Array(Type.Array(Type.String())),
        },
        closed,
      ),
      Type.Object({ kind: Type.Literal('html'), markdown: Type.String() }, closed),
      Type.Object({ kind: Type.Literal('rule') }, closed),
    ]),
  },
  'TextBlock',
);
export type TextBlock = Static<typeof TextBlock>;

/** Prose. A reference, so that `TextBlock` stands in one place: whoever compiles a schema adds `TextBlock` to `ajv`. */
export const TextBlocks = Type.Unsafe<TextBlock[]>({ type: 'array', items: { $ref: 'TextBlock' } });

/** A parameter as SYNTAX shows it in one parameter set. */
export const SyntaxParameter = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** As written between `<` and `>`; absent for a switch. */
    type: Type.Optional(Type.String({ minLength: 1 })),
    /** From `{A | B}`, which some help has in place of `<Type>`; `type` then comes from PARAMETERS. */
    acceptedValues: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    /** Absent where the notation does not tell: PlatyPS 0.14 (schema 2.0.0) brackets every switch. */
    isRequired: Type.Optional(Type.Boolean()),
    isPositional: Type.Boolean(),
    line: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type SyntaxParameter = Static<typeof SyntaxParameter>;

/** One parameter set of SYNTAX, its parameters in the order in which the help gives them. */
export const SyntaxItem = Type.Object(
  {
    parameterSetName: Type.String({ minLength: 1 }),
    isDefault: Type.Boolean(),
    hasCommonParameters: Type.Boolean(),
    parameters: Type.Array(SyntaxParameter),
    line: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type SyntaxItem = Static<typeof SyntaxItem>;

/**
 * What one yaml block (schema 2.0.0) or one entry of `ParameterSets:` (schema 2024-05-01) says of a parameter.
 * `parameterSets` holds names from SYNTAX, or `(All)` alone.
 */
export const ParameterSetBlock = Type.Object(
  {
    parameterSets: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    isRequired: Type.Boolean(),
    position: Type.Union([Type.Integer(), Type.Literal('named')]),
    valueFromPipeline: Type.Boolean(),
    valueFromPipelineByPropertyName: Type.Boolean(),
    valueFromRemainingArguments: Type.Boolean(),
    line: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type ParameterSetBlock = Static<typeof ParameterSetBlock>;

/** A parameter of PARAMETERS with everything that its blocks say. */
export const Parameter = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** As written: `String`, `SwitchParameter`, `PSCredential`, `System.Int32[]`. */
    type: Type.String({ minLength: 1 }),
    description: TextBlocks,
    aliases: Type.Array(Type.String({ minLength: 1 })),
    acceptedValues: Type.Array(Type.String()),
    /** As written; absent where the help says `None` or nothing. */
    defaultValue: Type.Optional(Type.String()),
    supportsWildcards: Type.Boolean(),
    dontShow: Type.Boolean(),
    helpMessage: Type.Optional(Type.String()),
    blocks: Type.Array(ParameterSetBlock, { minItems: 1 }),
    line: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type Parameter = Static<typeof Parameter>;

/** One example: what comes before the first code block, between and after, in the order of the help. */
export const Example = Type.Object({ title: Type.String(), blocks: TextBlocks }, closed);
export type Example = Static<typeof Example>;

/** A type that the command takes from the pipeline or writes to it. */
export const InputOutput = Type.Object({ typename: Type.String({ minLength: 1 }), description: TextBlocks }, closed);
export type InputOutput = Static<typeof InputOutput>;

/** A related link; `uri` is empty where the help gives a bare text. */
export const Link = Type.Object({ linkText: Type.String(), uri: Type.String() }, closed);
export type Link = Static<typeof Link>;

/** The help of one command: what one PlatyPS Markdown file says. */
export const CommandHelp = Type.Object(
  {
    /** The Markdown file's path as it was given to the reader. */
    file: Type.String(),
    schemaVersion: Type.Union([Type.Literal('2.0.0'), Type.Literal('2024-05-01')]),
    name: Type.String({ minLength: 1 }),
    moduleName: Type.String({ minLength: 1 }),
    externalHelpFile: Type.Optional(Type.String({ minLength: 1 })),
    onlineVersionUrl: Type.Optional(Type.String({ minLength: 1 })),
    locale: Type.Optional(Type.String({ minLength: 1 })),
    /** The remaining keys of the front matter, as written. */
    metadata: Type.Record(Type.String(), Type.Unknown()),
    synopsis: TextBlocks,
    syntax: Type.Array(SyntaxItem, { minItems: 1 }),
    /** What the ALIASES section (schema 2024-05-01) says. */
    aliases: TextBlocks,
    description: TextBlocks,
    examples: Type.Array(Example),
    parameters: Type.Array(Parameter),
    /** The text under `### CommonParameters`; empty where the help has none. */
    commonParameters: TextBlocks,
    inputs: Type.Array(InputOutput),
    outputs: Type.Array(InputOutput),
    notes: TextBlocks,
    relatedLinks: Type.Array(Link),
  },
  closed,
);
export type CommandHelp = Static<typeof CommandHelp>;

import { Ajv, type ErrorObject } from 'ajv';
import { type Static, type TSchema, Type } from 'typebox';
import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, GenerateError, problem, warning } from './generate-error.ts';
import { supportsShouldProcess } from './parameter-sets.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const identifier = '[A-Za-z_][A-Za-z0-9_]*';

/** One column of a view. `property` is a path such as `Account.ObjectId`. */
export const ViewColumn = Type.Object(
  {
    label: Text,
    property: Type.String({ pattern: `^${identifier}(\\.${identifier})*$` }),
    width: Type.Optional(Type.Integer({ minimum: 1 })),
    alignment: Type.Optional(Type.Union([Type.Literal('Left'), Type.Literal('Center'), Type.Literal('Right')])),
  },
  closed,
);
export type ViewColumn = Static<typeof ViewColumn>;

/** The table in which PowerShell shows objects of a type. */
export const View = Type.Object(
  {
    typeName: Text,
    columns: Type.Array(ViewColumn, { minItems: 1 }),
    /** A value that is longer than its column goes on in the next line; otherwise PowerShell cuts it. */
    wrap: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type View = Static<typeof View>;

const Bounds = <T extends TSchema>(bound: T) => Type.Tuple([bound, bound]);
const Count = Type.Integer({ minimum: 0 });

/** A check that PowerShell makes of a value: `NotNullOrEmpty` is `[ValidateNotNullOrEmpty()]`, and so on. */
const Validation = Type.Union([
  Type.Literal('NotNull'),
  Type.Literal('NotNullOrEmpty'),
  Type.Literal('NotNullOrWhiteSpace'),
  Type.Object({ Range: Bounds(Type.Number()) }, closed),
  Type.Object({ Length: Bounds(Count) }, closed),
  Type.Object({ Count: Bounds(Count) }, closed),
  Type.Object({ Pattern: Text }, closed),
]);
export type Validation = Static<typeof Validation>;
const Validations = Type.Array(Validation, { minItems: 1 });

/** What a module needs and no help page says: its `module.json`. */
export const ModuleSettings = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$' }),
    version: Type.String({ pattern: '^[0-9]+\\.[0-9]+(\\.[0-9]+){0,2}$' }),
    /** May stand in the module's page instead, as the description may. */
    guid: Type.Optional(Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })),
    author: Text,
    companyName: Type.Optional(Text),
    copyright: Text,
    description: Type.Optional(Text),
    tags: Type.Optional(Type.Array(Type.String({ pattern: '^\\S+$' }))),
    licenseUri: Type.Optional(Type.String({ pattern: '^https?://' })),
    projectUri: Type.Optional(Type.String({ pattern: '^https?://' })),
    powerShellVersion: Type.Literal('7.4'),
    /** The language of the help, which names the folder of its files; the module page's, or `en-US`, when absent. */
    culture: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' })),
    views: Type.Array(View),
    /** Cmdlet, then parameter: checks that PowerShell makes before it calls. */
    parameterValidation: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Validations))),
    /** How much is at stake, by cmdlet: from which `$ConfirmPreference` on PowerShell asks. `Medium` when absent. */
    confirmImpact: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.Literal('None'), Type.Literal('Low'), Type.Literal('Medium'), Type.Literal('High')]),
      ),
    ),
    /** PowerShell of the module's own, beside this file, and its functions that the core may call. */
    hostFunctions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            file: Type.String({ pattern: '^([A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+\\.ps1$' }),
            names: Type.Array(Type.String({ pattern: `^${identifier}(-${identifier})?$` }), { minItems: 1 }),
          },
          closed,
        ),
      ),
    ),
    /** Cmdlets of the help that the module does not have (`true`), or parameters of them, by name. */
    leaveOut: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.Literal(true), Type.Array(Text, { minItems: 1 })])),
    ),
    /** npm packages that are not bundled, because they are compiled: they go beside the core as they are. */
    externalPackages: Type.Optional(
      Type.Array(Type.String({ pattern: '^(@[a-z0-9-][a-z0-9._-]*/)?[a-z0-9-][a-z0-9._-]*$' })),
    ),
  },
  closed,
);
export type ModuleSettings = Static<typeof ModuleSettings>;

const validate = new Ajv({ allErrors: true, strict: true }).compile<ModuleSettings>(ModuleSettings);

/** Reads a `module.json`; throws a `GenerateError` that tells everything wrong with it. */
export function readModuleSettings(text: string, file: string): ModuleSettings {
  const value = parseJson(text, file);
  if (validate(value)) {
    return value;
  }
  const problems = (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'anyOf')
    .map(each => describe(each, file));
  throw new GenerateError(problems);
}

/** Looks for names in the settings that the help does not know. */
export function checkModuleSettings(
  settings: ModuleSettings,
  helps: readonly CommandHelp[],
  file: string,
): GenerateDiagnostic[] {
  const problems: GenerateDiagnostic[] = [];
  const unknownName = (message: string, known: readonly string[]) => {
    const expected = `Expected one of ${known.join(', ') || '(none)'}.`;
    problems.push(problem({ file, line: 1 }, 'settings-name-unknown', message, expected));
  };
  const outputs = [...new Set(helps.flatMap(help => help.outputs.map(({ typename }) => typename)))];
  settings.views.forEach(({ typeName }, index) => {
    if (!outputs.includes(typeName)) {
      unknownName(`/views/${index}/typeName is '${typeName}', which is in no help's OUTPUTS.`, outputs);
    }
  });
  for (const commandName of Object.keys(settings.confirmImpact ?? {})) {
    const help = helps.find(({ name }) => name === commandName);
    const pointer = `/confirmImpact/${commandName}`;
    if (help === undefined) {
      unknownName(
        `${pointer} names no cmdlet of the help.`,
        helps.map(({ name }) => name),
      );
    } else if (!supportsShouldProcess(help)) {
      const message = `${pointer}: ${commandName} never asks, because its help has no -WhatIf.`;
      problems.push(problem({ file, line: 1 }, 'confirm-impact-unusable', message, 'Expected a cmdlet with -WhatIf.'));
    }
  }
  for (const [commandName, parameters] of Object.entries(settings.parameterValidation ?? {})) {
    const pointer = `/parameterValidation/${commandName}`;
    const help = helps.find(({ name }) => name === commandName);
    if (help === undefined) {
      const known = helps.map(({ name }) => name);
      unknownName(`${pointer} names no cmdlet of the help.`, known);
      continue;
    }
    const names = help.parameters.map(({ name }) => name);
    for (const name of Object.keys(parameters).filter(key => !names.includes(key))) {
      unknownName(`${pointer}/${name} names no parameter of ${commandName}.`, names);
    }
  }
  for (const [commandName, names] of Object.entries(settings.leaveOut ?? {})) {
    const help = helps.find(({ name }) => name === commandName);
    const pointer = `/leaveOut/${commandName}`;
    const known = help?.parameters.map(({ name }) => name) ?? [];
    if (help === undefined) {
      unknownName(
        `${pointer} names no cmdlet of the help.`,
        helps.map(({ name }) => name),
      );
    } else if (names !== true) {
      for (const name of names.filter(each => !known.includes(each))) {
        unknownName(`${pointer} has '${name}', which is no parameter of ${commandName}.`, known);
      }
    }
  }
  for (const help of helps.filter(({ moduleName }) => moduleName !== settings.name)) {
    const isSpelling = help.moduleName.toLowerCase() === settings.name.toLowerCase();
    const message = `'Module Name' is '${help.moduleName}'.`;
    const expected = `Expected '${settings.name}', as in ${file}.`;
    const at = { file: help.file, line: 1 };
    problems.push(
      isSpelling
        ? warning(at, 'module-name-spelling', message, expected)
        : problem(at, 'module-name-conflict', message, expected),
    );
  }
  return problems;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = { file, line: lineOf(text, reason) };
    throw new GenerateError([
      problem(at, 'settings-invalid', `No valid JSON: ${reason}.`, 'Expected one JSON object.'),
    ]);
  }
}

/** The parser's message tells the offset at which it stopped. */
function lineOf(text: string, reason: string): number {
  const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? 0);
  return text.slice(0, offset).split('\n').length;
}

function describe({ instancePath, keyword, params, message }: ErrorObject, file: string): GenerateDiagnostic {
  const [pointer, wrong, expected] = ((): [string, string, string] => {
    switch (keyword) {
      case 'additionalProperties':
        return [`${instancePath}/${params.additionalProperty}`, 'is unknown', 'a name that the settings have'];
      case 'required':
        return [`${instancePath}/${params.missingProperty}`, 'is missing', 'a value'];
      case 'const':
        return [instancePath, 'is wrong', JSON.stringify(params.allowedValue)];
      default:
        return [instancePath || '/', 'is wrong', `that it ${message ?? keyword}`];
    }
  })();
  return problem({ file, line: 1 }, 'settings-invalid', `${pointer} ${wrong}.`, `Expected ${expected}.`);
}

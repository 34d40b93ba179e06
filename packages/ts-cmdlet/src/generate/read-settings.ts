import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Type } from 'typebox';
import { compileValidator } from '../schema/compile-validator.ts';
import { type GenerateDiagnostic, GenerateError, problem } from './generate-error.ts';
import { ModuleSettings } from './module-settings.ts';
import { expectedName } from './nearest-name.ts';
import { keepLines, type LineOf, type SettingsPath, settingsLines } from './settings-lines.ts';

// A command that reads no settings compiles no schema. To check the schema too, which is a constant, and to make the code of a
// validator that runs once smaller, takes longer than the rest.
let compiled: ValidateFunction<ModuleSettings> | undefined;

function settingsValidator(): ValidateFunction<ModuleSettings> {
  compiled ??= new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    verbose: true,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  }).compile<ModuleSettings>(ModuleSettings);
  return compiled;
}

/** Reads a `module.json`. Throws a `GenerateError` with everything that is wrong with it, each with its line. */
export function readModuleSettings(text: string, file: string): ModuleSettings {
  const value = parseJson(text, file);
  const lineOf = settingsLines(text);
  const validate = settingsValidator();
  if (validate(value)) {
    keepLines(value, lineOf);
    return value;
  }
  throw new GenerateError(describeAll(validate.errors ?? [], file, lineOf));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = { file, line: lineAt(text, reason) };
    throw new GenerateError([
      problem(at, 'settings-invalid', `No valid JSON: ${reason}.`, 'Expected one JSON object.'),
    ]);
  }
}

/** The parser's message has the offset at which it stopped. */
function lineAt(text: string, reason: string): number {
  const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? 0);
  return text.slice(0, offset).split('\n').length;
}

/**
 * Describes each fault once. A value that fits none of several forms is one fault: of each form ajv reports another, and
 * the one that is told is of the form that the value is nearest to.
 */
function describeAll(errors: readonly ErrorObject[], file: string, lineOf: LineOf): GenerateDiagnostic[] {
  return errors.flatMap(error => {
    if (isInChoice(error, errors)) return [];
    const found = error.keyword === 'anyOf' ? unionFaults(error, errors) : [fault(error)];
    return found.map(({ path, wrong, expected }) =>
      problem({ file, line: lineOf(path) }, 'settings-invalid', `/${path.join('/')} ${wrong}.`, expected),
    );
  });
}

/** Whether an error is one of the reasons why another, of a choice among schemas, came about. */
function isInChoice(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some(each => (each.keyword === 'anyOf' || each.keyword === 'oneOf') && isInside(error, each));
}

function isInside({ schemaPath, instancePath }: ErrorObject, choice: ErrorObject, form: number | '' = ''): boolean {
  const place = `${choice.schemaPath}/${form === '' ? '' : `${form}/`}`;
  const isBelow = instancePath === choice.instancePath || instancePath.startsWith(`${choice.instancePath}/`);
  return schemaPath.startsWith(place) && isBelow;
}

interface Fault {
  readonly path: SettingsPath;
  readonly wrong: string;
  readonly expected: string;
}

function fault({ instancePath, keyword, params, message, parentSchema }: ErrorObject): Fault {
  const path = pathOf(instancePath);
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      return { path: [...path, name], wrong: 'is unknown', expected: expectedName(name, memberNames(parentSchema)) };
    }
    case 'required':
      return { path: [...path, String(params.missingProperty)], wrong: 'is missing', expected: 'Expected a value.' };
    case 'oneOf':
      return { path, wrong: 'is wrong', expected: 'Expected one of property and script.' };
    case 'const':
      return { path, wrong: 'is wrong', expected: `Expected ${JSON.stringify(params.allowedValue)}.` };
    default:
      return { path, wrong: 'is wrong', expected: `Expected that it ${message ?? keyword}.` };
  }
}

/** A text is one of the texts; an object has the form whose members it has. */
function unionFaults(union: ErrorObject, errors: readonly ErrorObject[]): Fault[] {
  const path = pathOf(union.instancePath);
  const forms = someForms.accepts(union.schema) ? union.schema : [];
  const { data } = union;
  if (typeof data === 'string') {
    const texts = forms.flatMap(({ const: text }) => (typeof text === 'string' ? [text] : []));
    return [{ path, wrong: `is '${data}'`, expected: expectedName(data, texts) }];
  }
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
    const known = forms.flatMap(memberNames);
    const unknown = Object.keys(data).find(name => !known.includes(name));
    if (unknown !== undefined)
      return [{ path: [...path, unknown], wrong: 'is unknown', expected: expectedName(unknown, known) }];
    const form = forms.findIndex(each => Object.keys(data).every(name => memberNames(each).includes(name)));
    const inside = errors.filter(each => isInside(each, union, form));
    const own = inside.filter(each => !isInChoice(each, inside));
    if (own.length > 0)
      return own.flatMap(each => (each.keyword === 'anyOf' ? unionFaults(each, inside) : [fault(each)]));
  }
  const words = forms.map(form => form.const ?? (memberNames(form).join(', ') || form.type));
  return [{ path, wrong: 'is wrong', expected: `Expected one of ${[...new Set(words)].join(', ')}.` }];
}

const Form = Type.Object({
  const: Type.Optional(Type.Unknown()),
  type: Type.Optional(Type.String()),
  properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
const oneForm = compileValidator(Form);
const someForms = compileValidator(Type.Array(Form));

function memberNames(schema: unknown): string[] {
  return oneForm.accepts(schema) ? Object.keys(schema.properties ?? {}) : [];
}

/** A JSON Pointer (RFC 6901) as keys. */
function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

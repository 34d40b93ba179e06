import type { ErrorObject } from 'ajv';

/** A compiled schema: tells whether a value has the shape, and if not, why. */
export interface Validator<T> {
  accepts(value: unknown): value is T;
  /** Why the last value was refused, such as `/parameters must be object`. */
  explain(): string;
  /** The same in parts. */
  fault(): Fault;
}

/** Why a value was refused, and by which of its members: their names from the outermost on. */
export interface Fault {
  readonly place: readonly string[];
  readonly what: string;
}

/** A fault as one text. */
export function explainFault({ place, what }: Fault): string {
  return `${place.map(name => `/${name}`).join('')} ${what}`.trim();
}

/** What `ajv` makes of a schema, at run time or ahead of it. */
export interface CompiledSchema {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Wraps a compiled schema; `T` is the type that was written beside the schema. */
export function validatorOf<T>(compiled: CompiledSchema): Validator<T> {
  const fault = () => {
    const error = compiled.errors?.at(-1);
    if (!error) return { place: [], what: 'not of the expected shape' };
    // A JSON Pointer (RFC 6901).
    const names = error.instancePath.split('/').slice(1);
    const place = names.map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    return { place, what: error.message ?? error.keyword };
  };
  return { accepts: (value): value is T => compiled(value), explain: () => explainFault(fault()), fault };
}

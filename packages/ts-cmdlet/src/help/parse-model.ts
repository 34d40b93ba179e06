import { Ajv, type ValidateFunction } from 'ajv';
import type { Static, TSchema } from 'typebox';
import { TextBlock } from './model.ts';

/**
 * A function that gives back what a reader made of a page, checked against the model's schema. It throws where that does
 * not fit, which is a fault of the reader and not of the page. The schema is compiled at the first call.
 */
export function modelParser<Schema extends TSchema>(schema: Schema): (value: unknown, file: string) => Static<Schema> {
  let isModel: ValidateFunction<Static<Schema>> | undefined;
  return (value, file) => {
    isModel ??= new Ajv(OWN_SCHEMA).compile<Static<Schema>>({ ...schema, $defs: TextBlock.$defs });
    if (isModel(value)) return value;
    throw new Error(`The help reader made a model of ${file} that is none: ${JSON.stringify(isModel.errors)}`);
  };
}

// The schemas are constants, and a page is checked once: to check them too, and to make the code smaller, takes longer than a
// hundred pages.
const OWN_SCHEMA = { meta: false, validateSchema: false, code: { optimize: false } } as const;

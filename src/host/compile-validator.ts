// Module authors and generated files find it with the rest of the host.
export { compileValidator, schemaOf } from '../schema/compile-validator.ts';

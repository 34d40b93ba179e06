// Module authors and generated files find it with the rest of the host.
export { type CompiledSchema, type Validator, validatorOf } from '../schema/validator.ts';

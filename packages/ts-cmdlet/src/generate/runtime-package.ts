/** What handlers and generated types import the runtime by: this package. */
export const RUNTIME_PACKAGE = 'ts-cmdlet';

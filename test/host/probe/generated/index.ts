// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type TestProbeParameters, TestProbeSchema } from './Test-Probe.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Test-Probe': TestProbeParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Test-Probe': TestProbeSchema,
};

// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type SetProbeMarkerParameters, SetProbeMarkerSchema } from './Set-ProbeMarker.ts';
import { type ShowProbeParameterParameters, ShowProbeParameterSchema } from './Show-ProbeParameter.ts';
import { type TestProbeParameters, TestProbeSchema } from './Test-Probe.ts';

export type { SetProbeMarkerParameters } from './Set-ProbeMarker.ts';
export type { ShowProbeParameterParameters } from './Show-ProbeParameter.ts';
export type { TestProbeParameters } from './Test-Probe.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Set-ProbeMarker': SetProbeMarkerParameters;
  'Show-ProbeParameter': ShowProbeParameterParameters;
  'Test-Probe': TestProbeParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Set-ProbeMarker': SetProbeMarkerSchema,
  'Show-ProbeParameter': ShowProbeParameterSchema,
  'Test-Probe': TestProbeSchema,
};

// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type CopyProbeValueParameters, CopyProbeValueSchema } from './Copy-ProbeValue.ts';
import { type GetProbePageParameters, GetProbePageSchema } from './Get-ProbePage.ts';
import { type MeasureProbeParameters, MeasureProbeSchema } from './Measure-Probe.ts';
import { type NewProbeFileParameters, NewProbeFileSchema } from './New-ProbeFile.ts';
import { type RemoveProbeMarkerParameters, RemoveProbeMarkerSchema } from './Remove-ProbeMarker.ts';
import { type SetProbeMarkerParameters, SetProbeMarkerSchema } from './Set-ProbeMarker.ts';
import { type ShowProbeParameterParameters, ShowProbeParameterSchema } from './Show-ProbeParameter.ts';
import { type TestProbeParameters, TestProbeSchema } from './Test-Probe.ts';

export type { CopyProbeValueParameters } from './Copy-ProbeValue.ts';
export type { GetProbePageParameters } from './Get-ProbePage.ts';
export type { MeasureProbeParameters } from './Measure-Probe.ts';
export type { NewProbeFileParameters } from './New-ProbeFile.ts';
export type { RemoveProbeMarkerParameters } from './Remove-ProbeMarker.ts';
export type { SetProbeMarkerParameters } from './Set-ProbeMarker.ts';
export type { ShowProbeParameterParameters } from './Show-ProbeParameter.ts';
export type { TestProbeParameters } from './Test-Probe.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Copy-ProbeValue': CopyProbeValueParameters;
  'Get-ProbePage': GetProbePageParameters;
  'Measure-Probe': MeasureProbeParameters;
  'New-ProbeFile': NewProbeFileParameters;
  'Remove-ProbeMarker': RemoveProbeMarkerParameters;
  'Set-ProbeMarker': SetProbeMarkerParameters;
  'Show-ProbeParameter': ShowProbeParameterParameters;
  'Test-Probe': TestProbeParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Copy-ProbeValue': CopyProbeValueSchema,
  'Get-ProbePage': GetProbePageSchema,
  'Measure-Probe': MeasureProbeSchema,
  'New-ProbeFile': NewProbeFileSchema,
  'Remove-ProbeMarker': RemoveProbeMarkerSchema,
  'Set-ProbeMarker': SetProbeMarkerSchema,
  'Show-ProbeParameter': ShowProbeParameterSchema,
  'Test-Probe': TestProbeSchema,
};

// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { compileParameters, type ParameterValidators } from 'ts-cmdlet';
import { type CmdletParameters, cmdletSchemas } from './index.ts';

function validators<Name extends keyof CmdletParameters>(name: Name, takesPipelineInput = false) {
  return compileParameters<CmdletParameters[Name]>(cmdletSchemas[name], takesPipelineInput);
}

/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */
export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Copy-ProbeValue': validators('Copy-ProbeValue'),
  'Get-ProbePage': validators('Get-ProbePage'),
  'Measure-Probe': validators('Measure-Probe', true),
  'New-ProbeFile': validators('New-ProbeFile', true),
  'Remove-ProbeMarker': validators('Remove-ProbeMarker', true),
  'Set-ProbeMarker': validators('Set-ProbeMarker', true),
  'Show-ProbeParameter': validators('Show-ProbeParameter'),
  'Test-Probe': validators('Test-Probe'),
};

// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { compileValidator, type ParameterValidators } from '../../../../src/host/index.ts';
import { type CmdletParameters, cmdletSchemas } from './index.ts';

function validator<Name extends keyof CmdletParameters>(name: Name) {
  return compileValidator<CmdletParameters[Name]>(cmdletSchemas[name]);
}

/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */
export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Copy-ProbeValue': validator('Copy-ProbeValue'),
  'Get-ProbePage': validator('Get-ProbePage'),
  'Measure-Probe': validator('Measure-Probe'),
  'Set-ProbeMarker': validator('Set-ProbeMarker'),
  'Show-ProbeParameter': validator('Show-ProbeParameter'),
  'Test-Probe': validator('Test-Probe'),
};

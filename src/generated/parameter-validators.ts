// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { compileParameters, type ParameterValidators } from 'ts-cmdlet';
import { outputs } from '../cmdlets/outputs.ts';
import { type CmdletParameters, cmdletSchemas } from './index.ts';

function validators<Name extends keyof CmdletParameters>(name: Name, takesPipelineInput = false) {
  return compileParameters<CmdletParameters[Name]>(cmdletSchemas[name], takesPipelineInput, outputs);
}

/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */
export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Connect-SecMgmtAccount': validators('Connect-SecMgmtAccount'),
  'Connect-SecMgmtWorkload': validators('Connect-SecMgmtWorkload'),
  'Disconnect-SecMgmtAccount': validators('Disconnect-SecMgmtAccount', true),
  'Get-SecMgmtContext': validators('Get-SecMgmtContext'),
  'Invoke-SecMgmtRequest': validators('Invoke-SecMgmtRequest', true),
  'New-SecMgmtAccessToken': validators('New-SecMgmtAccessToken'),
  'Resolve-SecMgmtError': validators('Resolve-SecMgmtError', true),
  'Select-SecMgmtContext': validators('Select-SecMgmtContext', true),
};

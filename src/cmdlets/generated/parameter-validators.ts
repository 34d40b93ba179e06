// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { compileValidator, type ParameterValidators } from '../../host/index.ts';
import { type CmdletParameters, cmdletSchemas } from './index.ts';

function validator<Name extends keyof CmdletParameters>(name: Name) {
  return compileValidator<CmdletParameters[Name]>(cmdletSchemas[name]);
}

/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */
export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Connect-SecMgmtAccount': validator('Connect-SecMgmtAccount'),
  'Disconnect-SecMgmtAccount': validator('Disconnect-SecMgmtAccount'),
  'Get-SecMgmtContext': validator('Get-SecMgmtContext'),
};

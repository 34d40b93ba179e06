// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { compileValidator, type ParameterValidators } from 'ts-cmdlet';
import { type CmdletParameters, cmdletSchemas } from './index.ts';

function validator<Name extends keyof CmdletParameters>(name: Name) {
  return compileValidator<CmdletParameters[Name]>(cmdletSchemas[name]);
}

/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */
export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Add-GitTag': validator('Add-GitTag'),
  'Get-GitCommit': validator('Get-GitCommit'),
  'Get-GitContributor': validator('Get-GitContributor'),
};

// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { compileParameters, type ParameterValidators } from 'ts-cmdlet';
import { outputs } from '../outputs.ts';
import { type CmdletParameters, cmdletSchemas } from './index.ts';

function validators<Name extends keyof CmdletParameters>(name: Name, takesPipelineInput = false) {
  return compileParameters<CmdletParameters[Name]>(cmdletSchemas[name], takesPipelineInput, outputs);
}

/** What checks each cmdlet's parameters, by its name. The bundle has the same compiled ahead. */
export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Connect-Shelf': validators('Connect-Shelf'),
  'Disconnect-Shelf': validators('Disconnect-Shelf'),
  'Get-ShelfItem': validators('Get-ShelfItem'),
  'Measure-ShelfItem': validators('Measure-ShelfItem', true),
  'New-ShelfItem': validators('New-ShelfItem', true),
  'Receive-ShelfItem': validators('Receive-ShelfItem', true),
  'Remove-ShelfItem': validators('Remove-ShelfItem', true),
  'Send-ShelfFile': validators('Send-ShelfFile', true),
  'Set-ShelfItem': validators('Set-ShelfItem', true),
  'Watch-ShelfItem': validators('Watch-ShelfItem'),
};

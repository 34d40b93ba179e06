import type { ParameterValidators } from '../host/cmdlet-registry.ts';
import { compileValidator } from '../host/compile-validator.ts';
import { type CmdletParameters, cmdletSchemas } from './generated/index.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const parameterValidators: ParameterValidators<CmdletParameters> = {
  'Connect-SecMgmtAccount': compileValidator<CmdletParameters['Connect-SecMgmtAccount']>(
    cmdletSchemas['Connect-SecMgmtAccount'],
  ),
};

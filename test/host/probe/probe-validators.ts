import type { ParameterValidators } from '../../../src/host/cmdlet-registry.ts';
import { compileValidator } from '../../../src/host/compile-validator.ts';
import { type CmdletParameters, cmdletSchemas } from './generated/index.ts';

export const probeValidators: ParameterValidators<CmdletParameters> = {
  'Test-Probe': compileValidator<CmdletParameters['Test-Probe']>(cmdletSchemas['Test-Probe']),
};

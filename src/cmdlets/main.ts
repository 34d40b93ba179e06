import type { Cmdlets } from '../host/cmdlet-registry.ts';
import { serveCore } from '../host/serve-core.ts';
import { connectAccount } from './connect-account.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './parameter-validators.ts';

// The entry of the module's core: a cmdlet of the help without a handler here does not compile.

const cmdlets: Cmdlets<CmdletParameters> = {
  'Connect-SecMgmtAccount': connectAccount,
};

await serveCore(cmdlets, parameterValidators);

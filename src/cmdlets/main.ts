import { Session } from '../auth/session.ts';
import type { Cmdlets } from '../host/cmdlet-registry.ts';
import { serveCore } from '../host/serve-core.ts';
import { connectAccount } from './connect-account.ts';
import { disconnectAccount } from './disconnect-account.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import { getContext } from './get-context.ts';

// The entry of the module's core: a cmdlet of the help without a handler here does not compile.

const session = new Session();
const cmdlets: Cmdlets<CmdletParameters> = {
  'Connect-SecMgmtAccount': connectAccount(session),
  'Disconnect-SecMgmtAccount': disconnectAccount(session),
  'Get-SecMgmtContext': getContext(session),
};

serveCore(cmdlets, parameterValidators);

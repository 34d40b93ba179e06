import { type Cmdlets, serveCore } from 'ts-cmdlet';
import { Session } from './auth/session.ts';
import { connectAccount } from './cmdlets/connect-account.ts';
import { disconnectAccount } from './cmdlets/disconnect-account.ts';
import { getContext } from './cmdlets/get-context.ts';
import { invokeRequest } from './cmdlets/invoke-request.ts';
import { contextOutputs } from './cmdlets/mgmt-context.ts';
import { newAccessToken } from './cmdlets/new-access-token.ts';
import { resolveError } from './cmdlets/resolve-error.ts';
import { selectContext } from './cmdlets/select-context.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import { Transport } from './request/transport.ts';

// The entry of the module's core: a cmdlet of the help without a handler here does not compile.

const session = new Session();
const cmdlets: Cmdlets<CmdletParameters> = {
  'Connect-SecMgmtAccount': connectAccount(session),
  'Disconnect-SecMgmtAccount': disconnectAccount(session),
  'Get-SecMgmtContext': getContext(session),
  'Invoke-SecMgmtRequest': invokeRequest(session, new Transport()),
  'New-SecMgmtAccessToken': newAccessToken(),
  'Resolve-SecMgmtError': resolveError(),
  'Select-SecMgmtContext': selectContext(session),
};

serveCore(cmdlets, parameterValidators, { outputs: contextOutputs });

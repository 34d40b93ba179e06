import { type Cmdlets, serveCore } from 'ts-cmdlet';
import { Session } from './auth/session.ts';
import { connectAccount } from './cmdlets/connect-account.ts';
import { connectWorkload } from './cmdlets/connect-workload.ts';
import { disconnectAccount } from './cmdlets/disconnect-account.ts';
import { getContext } from './cmdlets/get-context.ts';
import { invokeRequest } from './cmdlets/invoke-request.ts';
import { newAccessToken } from './cmdlets/new-access-token.ts';
import { outputs } from './cmdlets/outputs.ts';
import { resolveError } from './cmdlets/resolve-error.ts';
import { selectContext } from './cmdlets/select-context.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import type { Transport } from './request/transport.ts';

// The entry of the module's core: a cmdlet of the help without a handler here does not compile.

const session = new Session();
let transport: Promise<Transport> | undefined;
const cmdlets: Cmdlets<CmdletParameters> = {
  'Connect-SecMgmtAccount': connectAccount(session),
  'Connect-SecMgmtWorkload': connectWorkload(session),
  'Disconnect-SecMgmtAccount': disconnectAccount(session),
  'Get-SecMgmtContext': getContext(session),
  'Invoke-SecMgmtRequest': invokeRequest(session, loadTransport),
  'New-SecMgmtAccessToken': newAccessToken(),
  'Resolve-SecMgmtError': resolveError(),
  'Select-SecMgmtContext': selectContext(session),
};

/** The first request loads what sends it, which is most of what a start would wait for. */
function loadTransport(): Promise<Transport> {
  transport ??= import('./request/transport.ts').then(loaded => new loaded.Transport());
  return transport;
}

serveCore(cmdlets, parameterValidators, { outputs });

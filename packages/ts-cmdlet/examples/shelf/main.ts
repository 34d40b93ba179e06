import { type Cmdlets, serveCore } from 'ts-cmdlet';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';
import { getItem } from './get-item.ts';
import { measureItem } from './measure-item.ts';
import { newItem } from './new-item.ts';
import { outputs } from './outputs.ts';
import { receiveItem } from './receive-item.ts';
import { removeItem } from './remove-item.ts';
import { sendFile } from './send-file.ts';
import { setItem } from './set-item.ts';
import { watchItem } from './watch-item.ts';

// The entry of the module's core: a cmdlet of the help without a handler here does not compile.

const cmdlets: Cmdlets<CmdletParameters> = {
  'Connect-Shelf': connect,
  'Disconnect-Shelf': disconnect,
  'Get-ShelfItem': getItem,
  'Measure-ShelfItem': measureItem,
  'New-ShelfItem': newItem,
  'Receive-ShelfItem': receiveItem,
  'Remove-ShelfItem': removeItem,
  'Send-ShelfFile': sendFile,
  'Set-ShelfItem': setItem,
  'Watch-ShelfItem': watchItem,
};

serveCore(cmdlets, parameterValidators, { outputs });

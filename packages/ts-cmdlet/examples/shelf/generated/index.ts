// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type ConnectShelfParameters, ConnectShelfSchema } from './Connect-Shelf.ts';
import { type DisconnectShelfParameters, DisconnectShelfSchema } from './Disconnect-Shelf.ts';
import { type GetShelfItemParameters, GetShelfItemSchema } from './Get-ShelfItem.ts';
import { type MeasureShelfItemParameters, MeasureShelfItemSchema } from './Measure-ShelfItem.ts';
import { type NewShelfItemParameters, NewShelfItemSchema } from './New-ShelfItem.ts';
import { type ReceiveShelfItemParameters, ReceiveShelfItemSchema } from './Receive-ShelfItem.ts';
import { type RemoveShelfItemParameters, RemoveShelfItemSchema } from './Remove-ShelfItem.ts';
import { type SendShelfFileParameters, SendShelfFileSchema } from './Send-ShelfFile.ts';
import { type SetShelfItemParameters, SetShelfItemSchema } from './Set-ShelfItem.ts';
import { type WatchShelfItemParameters, WatchShelfItemSchema } from './Watch-ShelfItem.ts';

export type { ConnectShelfParameters } from './Connect-Shelf.ts';
export type { DisconnectShelfParameters } from './Disconnect-Shelf.ts';
export type { GetShelfItemParameters } from './Get-ShelfItem.ts';
export type { MeasureShelfItemParameters } from './Measure-ShelfItem.ts';
export type { NewShelfItemParameters } from './New-ShelfItem.ts';
export type { ReceiveShelfItemParameters } from './Receive-ShelfItem.ts';
export type { RemoveShelfItemParameters } from './Remove-ShelfItem.ts';
export type { SendShelfFileParameters } from './Send-ShelfFile.ts';
export type { SetShelfItemParameters } from './Set-ShelfItem.ts';
export type { WatchShelfItemParameters } from './Watch-ShelfItem.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Connect-Shelf': ConnectShelfParameters;
  'Disconnect-Shelf': DisconnectShelfParameters;
  'Get-ShelfItem': GetShelfItemParameters;
  'Measure-ShelfItem': MeasureShelfItemParameters;
  'New-ShelfItem': NewShelfItemParameters;
  'Receive-ShelfItem': ReceiveShelfItemParameters;
  'Remove-ShelfItem': RemoveShelfItemParameters;
  'Send-ShelfFile': SendShelfFileParameters;
  'Set-ShelfItem': SetShelfItemParameters;
  'Watch-ShelfItem': WatchShelfItemParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Connect-Shelf': ConnectShelfSchema,
  'Disconnect-Shelf': DisconnectShelfSchema,
  'Get-ShelfItem': GetShelfItemSchema,
  'Measure-ShelfItem': MeasureShelfItemSchema,
  'New-ShelfItem': NewShelfItemSchema,
  'Receive-ShelfItem': ReceiveShelfItemSchema,
  'Remove-ShelfItem': RemoveShelfItemSchema,
  'Send-ShelfFile': SendShelfFileSchema,
  'Set-ShelfItem': SetShelfItemSchema,
  'Watch-ShelfItem': WatchShelfItemSchema,
};

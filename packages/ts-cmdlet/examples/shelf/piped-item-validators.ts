import { compileValidator } from 'ts-cmdlet';
import { PipedItem } from './outputs.ts';

export const pipedItem = compileValidator(PipedItem);

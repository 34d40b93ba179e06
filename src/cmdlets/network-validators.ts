import { compileValidator } from 'ts-cmdlet';
import { NetworkSetting } from './network-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const networkSetting = compileValidator(NetworkSetting);

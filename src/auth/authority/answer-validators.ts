import { compileValidator } from 'ts-cmdlet';
import {
  AuthorityRefusal,
  DeviceCodeAnswer,
  FederatedTokenAnswer,
  ManagedIdentityRefusal,
  ManagedIdentityTokens,
  OpenIdConfiguration,
  TokenAnswer,
  UserTokenAnswer,
} from './messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const authorityRefusal = compileValidator(AuthorityRefusal);
export const tokenAnswer = compileValidator(TokenAnswer);
export const userTokenAnswer = compileValidator(UserTokenAnswer);
export const deviceCodeAnswer = compileValidator(DeviceCodeAnswer);
export const openIdConfiguration = compileValidator(OpenIdConfiguration);
export const federatedTokenAnswer = compileValidator(FederatedTokenAnswer);
export const managedIdentityTokens = compileValidator(ManagedIdentityTokens);
export const managedIdentityRefusal = compileValidator(ManagedIdentityRefusal);

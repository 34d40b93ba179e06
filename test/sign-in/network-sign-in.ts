import type { Application } from 'fake-entra/directory';
import type { Entra } from 'fake-entra/entra';
import type { EnvironmentName } from 'fake-entra/environments';
import { Value } from 'typebox/value';
import { expect } from 'vitest';
import { Context, type Recorded, type SignInShell } from './sign-in-shell.ts';

/** What a user has to see of an error; what is left out may be anything. */
export interface ExpectedError {
  readonly id: string;
  readonly category: string;
  readonly exception: string;
  readonly target: string;
  readonly message: string | RegExp;
  readonly action: string | RegExp;
  readonly data: Readonly<Record<string, string>>;
}

/** The authority that these sign-ins are at. */
export const host = 'login.microsoftonline.com';

/** The authority of AzureCloud cannot be reached. */
export const unreachable = (reason: string, data: Record<string, string>): ExpectedError => ({
  id: 'AuthorityUnreachable',
  category: 'ConnectionError',
  exception: 'System.Net.Http.HttpRequestException',
  target: host,
  message: `${host} cannot be reached: ${reason}.`,
  action: 'Check the network, and HTTPS_PROXY and NO_PROXY if there is a proxy, then try again.',
  data,
});

/** It did not answer, under SECMGMT_HTTP_TIMEOUT=1. */
export const timedOut: ExpectedError = {
  id: 'AuthorityTimeout',
  category: 'OperationTimeout',
  exception: 'System.TimeoutException',
  target: host,
  message: `${host} did not answer within 1 s.`,
  action: 'Check the network and the proxy, then try again. SECMGMT_HTTP_TIMEOUT sets the time limit, in seconds.',
  data: { IsRetriable: 'True' },
};

/** An application with a secret, and the call that signs it in. */
export class ApplicationSignIn {
  readonly call: string;
  readonly tenantId: string;
  readonly application: Application;

  constructor(entra: Entra, environment: EnvironmentName = 'AzureCloud') {
    this.tenantId = entra.directory.tenantOf(environment).id;
    this.application = entra.directory.addApplication({ secrets: [{ value: `network~${environment}` }] });
    const { clientId } = this.application;
    this.call =
      `Connect-SecMgmtAccount -ServicePrincipal -Credential (New-ClientCredential ${clientId} 'network~${environment}')` +
      ` -Tenant ${this.tenantId} -Environment ${environment}`;
  }

  /** Signs in, which has to succeed; gives what was written. */
  async succeeds(shell: SignInShell, more = ''): Promise<Recorded> {
    const recorded = await shell.record(`${this.call} ${more}`);
    expect(recorded.texts('error')).toEqual([]);
    const context = recorded.written.find(({ stream }) => stream === 'output')?.context;
    expect(Value.Parse(Context, context).Account).toEqual({
      ExtendedProperties: {},
      ObjectId: this.application.servicePrincipalId,
      Identifier: this.application.clientId,
      Tenant: this.tenantId,
      Type: 'ServicePrincipal',
    });
    return recorded;
  }

  /** Signs in, which has to fail so. */
  async fails(shell: SignInShell, expected: ExpectedError): Promise<Recorded> {
    const recorded = await shell.record(this.call);
    expectError(recorded, expected);
    return recorded;
  }
}

/** Fails where what was written is not this one error of Connect-SecMgmtAccount. */
export function expectError(recorded: Recorded, { message, action, id, ...rest }: ExpectedError): void {
  expect(recorded.texts('output')).toEqual([]);
  const { error } = recorded;
  expect(error).toMatchObject({ ...rest, id: `${id},Connect-SecMgmtAccount` });
  if (typeof message === 'string') expect(error.message).toBe(message);
  else expect(error.message).toMatch(message);
  if (typeof action === 'string') expect(error.action).toBe(action);
  else expect(error.action).toMatch(action);
}

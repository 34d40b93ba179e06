import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Application } from './directory.ts';
import type { Entra } from './entra.ts';
import type { EnvironmentName } from './environments.ts';
import { listenOnLoopback } from './loopback.ts';
import type { Secret } from './secrets.ts';
import { WireClient } from './wire-client.ts';

/** Where Azure Arc's agent keeps the files of its challenges on Linux; MSAL takes them from nowhere else. */
export const arcTokenFolder = '/var/opt/azcmagent/tokens';

/** A request for a token, as the endpoint heard it. */
export interface IdentityRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
}

/** The endpoint of a resource's managed identities. */
export interface ManagedIdentityEndpoint extends AsyncDisposable {
  /** What each kind of resource has in its environment: App Service, a server with Azure Arc, a virtual machine. */
  readonly appService: Readonly<Record<string, string>>;
  readonly arc: Readonly<Record<string, string>>;
  readonly imds: Readonly<Record<string, string>>;
  readonly requests: IdentityRequest[];
  /** Has the next request answered in this way. */
  answerNext(status: number, body: string, headers?: Readonly<Record<string, string>>): void;
  /** What nobody but the resource may see. */
  readonly secrets: readonly Secret[];
}

const none = {
  IDENTITY_ENDPOINT: '',
  IDENTITY_HEADER: '',
  IMDS_ENDPOINT: '',
  MSI_ENDPOINT: '',
  MSI_SECRET: '',
  AZURE_POD_IDENTITY_AUTHORITY_HOST: '',
};

/**
 * Starts one. It gets its tokens as Azure does: of the authority, for an application of which the resource has no secret.
 * @param assigned the system-assigned identity, and one that is named by its client, object or resource id
 */
export async function startManagedIdentity(
  entra: Entra,
  assigned: { readonly system: Application; readonly user?: Application; readonly userResourceId?: string },
  environment: EnvironmentName = 'AzureCloud',
): Promise<ManagedIdentityEndpoint> {
  const client = new WireClient(entra);
  const requests: IdentityRequest[] = [];
  const answers: { status: number; body: string; headers: Readonly<Record<string, string>> }[] = [];
  const appServiceHeader = randomUUID();
  const arcKey = randomUUID();
  const arcFile = path.join(arcTokenFolder, `${randomUUID()}.key`);
  const secrets = [
    { name: 'IDENTITY_HEADER', value: appServiceHeader },
    { name: "Azure Arc's key", value: arcKey },
  ];

  /** The identity that is named, by the parameter of its kind of id; App Service has another one for resource ids. */
  function applicationOf(query: URLSearchParams, resourceIdName: string): Application | undefined {
    const { system, user, userResourceId } = assigned;
    const ids = { client_id: user?.clientId, object_id: user?.servicePrincipalId, [resourceIdName]: userResourceId };
    const named = Object.entries(ids).find(([name]) => query.has(name));
    if (named === undefined) return system;
    const [name, id] = named;
    return query.get(name) === id ? user : undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    requests.push({ path: url.pathname, query: Object.fromEntries(url.searchParams), headers: request.headers });
    const reply = (status: number, value: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    const prepared = answers.shift();
    if (prepared !== undefined) return void response.writeHead(prepared.status, prepared.headers).end(prepared.body);
    const isAppService = url.pathname === '/msi/token';
    if (isAppService && request.headers['x-identity-header'] !== appServiceHeader) {
      return void reply(401, { statusCode: 401, message: 'The header is not the one of this site.' });
    }
    if (!isAppService && request.headers.metadata !== 'true') return void reply(400, { error: 'bad_request_102' });
    if (url.pathname === '/arc/token' && request.headers.authorization !== `Basic ${arcKey}`) {
      await writeFile(arcFile, arcKey, { mode: 0o600 });
      response.writeHead(401, { 'www-authenticate': `Basic realm=${arcFile}` }).end();
      return;
    }
    const application = applicationOf(url.searchParams, isAppService ? 'mi_res_id' : 'msi_res_id');
    if (application === undefined) {
      if (isAppService) return void reply(400, { statusCode: 400, message: 'No User Assigned Identity found.' });
      return void reply(400, { error: 'invalid_request', error_description: 'Identity not found' });
    }
    const [{ value: secret } = { value: '' }] = application.secrets;
    const { status, body } = await client.token(
      entra.directory.tenantOf(environment).id,
      {
        grant_type: 'client_credentials',
        client_id: application.clientId,
        client_secret: secret,
        scope: `${url.searchParams.get('resource')}/.default`,
      },
      environment,
    );
    if (status !== 200) return void reply(status, body);
    const expiresOn = Math.floor(Date.now() / 1000) + Number(body.expires_in);
    reply(200, {
      access_token: body.access_token,
      token_type: 'Bearer',
      resource: url.searchParams.get('resource'),
      client_id: application.clientId,
      object_id: application.servicePrincipalId,
      msi_res_id: assigned.userResourceId,
      expires_on: String(expiresOn),
    });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const origin = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    appService: { ...none, IDENTITY_ENDPOINT: `${origin}/msi/token`, IDENTITY_HEADER: appServiceHeader },
    arc: { ...none, IDENTITY_ENDPOINT: `${origin}/arc/token`, IMDS_ENDPOINT: origin },
    imds: { ...none, AZURE_POD_IDENTITY_AUTHORITY_HOST: origin },
    requests,
    secrets,
    answerNext: (status, body, headers = {}) => void answers.push({ status, body, headers }),
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await rm(arcFile, { force: true });
    },
  };
}

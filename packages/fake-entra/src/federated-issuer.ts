import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { FederatedCredential } from './directory.ts';
import type { Entra } from './entra.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';
import type { Secret } from './secrets.ts';
import { createSigningKey } from './signing-key.ts';

const audience = 'api://AzureADTokenExchange';

/** What vouches for workloads: GitHub's, Azure DevOps' and a cluster's issuer in one. */
export interface FederatedIssuer {
  /** What an application has to trust. */
  readonly credential: FederatedCredential;
  /** What a job of GitHub Actions, and one of Azure Pipelines, has in its environment. */
  readonly gitHub: Readonly<Record<string, string>>;
  readonly azurePipelines: Readonly<Record<string, string>>;
  readonly serviceConnectionId: string;
  readonly requests: HttpRequest[];
  /** Makes a token, as the kubelet does for a pod's file. */
  token(subject?: string): Promise<string>;
  /** Has the next request answered in this way. */
  answerNext(status: number, body: string): void;
  /** The tokens that are asked with, and those that were given. */
  readonly secrets: readonly Secret[];
}

const hosts = { gitHub: 'pipelines.actions.example', azurePipelines: 'dev.azure.example' };

/** Starts one at hosts that are none of Microsoft's, behind the proxy. */
export async function startFederatedIssuer(entra: Entra): Promise<FederatedIssuer> {
  const key = await createSigningKey();
  const credential = {
    issuer: 'https://token.example',
    subject: 'repo:contoso/reports:ref:refs/heads/main',
    audience,
    publicJwk: key.publicJwk,
  };
  const requestToken = `request-${randomUUID()}`;
  const serviceConnectionId = randomUUID();
  const secrets: Secret[] = [{ name: 'request token', value: requestToken }];
  const requests: HttpRequest[] = [];
  const answers: { status: number; body: string }[] = [];

  async function token(subject = credential.subject): Promise<string> {
    const made = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'RS256', kid: String(key.publicJwk.kid), typ: 'JWT' })
      .setIssuer(credential.issuer)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key.privateKey);
    secrets.push({ name: 'federated token', value: made });
    return made;
  }

  const next: string[] = [];
  for (let count = 0; count < 50; count += 1) next.push(await token());

  function answer(request: HttpRequest): HttpResponse {
    requests.push(request);
    const prepared = answers.shift();
    if (prepared !== undefined) return { ...prepared, headers: { 'content-type': 'application/json' } };
    if (request.headers.authorization !== `Bearer ${requestToken}`) return jsonResponse(401, { message: 'no' });
    const given = next.shift();
    if (request.host === hosts.gitHub) {
      const isRight = request.method === 'GET' && request.query.get('audience') === audience;
      return isRight ? jsonResponse(200, { count: 1, value: given }) : jsonResponse(400, { message: 'no' });
    }
    const isRight = request.method === 'POST' && request.query.get('serviceConnectionId') === serviceConnectionId;
    return isRight ? jsonResponse(200, { oidcToken: given }) : jsonResponse(404, { message: 'no' });
  }

  for (const host of Object.values(hosts)) entra.foreignHosts.set(host, answer);
  return {
    credential,
    serviceConnectionId,
    gitHub: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `https://${hosts.gitHub}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    azurePipelines: {
      SYSTEM_OIDCREQUESTURI: `https://${hosts.azurePipelines}/contoso/_apis/distributedtask/hubs/build/plans/1/jobs/2/oidctoken`,
      SYSTEM_ACCESSTOKEN: requestToken,
    },
    requests,
    token,
    answerNext: (status, body) => void answers.push({ status, body }),
    secrets,
  };
}

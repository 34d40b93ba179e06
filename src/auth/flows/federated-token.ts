import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { AuthError } from '../auth-error.ts';
import { federatedTokenAnswer } from '../authority/answer-validators.ts';
import type { NetworkClient } from '../network/client.ts';
import { pastedToken } from '../pasted-text.ts';
import type { FederatedTokenProvider } from '../sign-in-request.ts';

/** What Entra ID wants a federated token to be for ("Workload identity federation"). */
const AUDIENCE = 'api://AzureADTokenExchange';
const MAX_BYTES = 64 * 1024;

/** The provider that the environment variables of this process name; a job's own goes before that of the machine it runs on. */
export function federatedTokenProvider(environment: NodeJS.ProcessEnv = process.env): FederatedTokenProvider {
  if (environment.ACTIONS_ID_TOKEN_REQUEST_URL && environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN) return 'GitHub';
  if (environment.SYSTEM_OIDCREQUESTURI && environment.SYSTEM_ACCESSTOKEN) return 'AzurePipelines';
  if (environment.AZURE_FEDERATED_TOKEN_FILE) return 'Kubernetes';
  if (environment.GITHUB_ACTIONS === 'true') {
    throw unavailable('GitHub gives this job none.', 'Give the job the permission `id-token: write`.');
  }
  if (environment.SYSTEM_OIDCREQUESTURI) {
    const action = 'Map it in the step: `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`.';
    throw unavailable('the environment variable SYSTEM_ACCESSTOKEN is not set.', action);
  }
  throw unavailable(
    'no environment variable of GitHub Actions, Azure Pipelines or Kubernetes names one.',
    'Run the cmdlet in a job or a pod with a workload identity; elsewhere connect with Connect-SecMgmtAccount.',
  );
}

/**
 * Gets a federated token, anew each time: it is good for minutes. What asks for it is a secret as well.
 * @throws AuthError `FederatedTokenUnavailable`
 */
export async function federatedToken(
  provider: FederatedTokenProvider,
  serviceConnectionId: string,
  network: NetworkClient,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const {
    SYSTEM_OIDCREQUESTURI = '',
    ACTIONS_ID_TOKEN_REQUEST_URL = '',
    AZURE_FEDERATED_TOKEN_FILE = '',
  } = environment;
  switch (provider) {
    case 'GitHub': {
      // "OpenID Connect reference" of GitHub Actions.
      const url = addressOf('ACTIONS_ID_TOKEN_REQUEST_URL', ACTIONS_ID_TOKEN_REQUEST_URL);
      url.searchParams.set('audience', AUDIENCE);
      const token = environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '';
      return await requestToken('GET', url, { authorization: `Bearer ${token}` }, network);
    }
    case 'AzurePipelines': {
      // "Oidctoken - Create" of Azure DevOps' REST API.
      const url = addressOf('SYSTEM_OIDCREQUESTURI', SYSTEM_OIDCREQUESTURI);
      url.searchParams.set('api-version', '7.1');
      url.searchParams.set('serviceConnectionId', serviceConnectionId);
      const headers = {
        authorization: `Bearer ${environment.SYSTEM_ACCESSTOKEN ?? ''}`,
        'content-type': 'application/json',
        // An error, not the page of a sign-in.
        'x-tfs-fedauthredirect': 'Suppress',
      };
      return await requestToken('POST', url, headers, network);
    }
    case 'Kubernetes':
      return await readToken(AZURE_FEDERATED_TOKEN_FILE);
  }
}

/** The token that is sent goes over TLS alone. */
function addressOf(variable: string, text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' && url.username === '') return url;
  throw unavailable(`the environment variable ${variable} is no https address.`, 'Leave it as the job has it.');
}

async function requestToken(
  method: 'GET' | 'POST',
  url: URL,
  headers: Readonly<Record<string, string>>,
  network: NetworkClient,
): Promise<string> {
  const { status, body } = await network.exchange({
    method,
    url,
    headers: { accept: 'application/json', ...headers },
    form: new URLSearchParams(),
  });
  const answer = status === 200 ? parse(body) : undefined;
  const token = federatedTokenAnswer.accepts(answer) ? (answer.value ?? answer.oidcToken) : undefined;
  if (token !== undefined) return token;
  throw unavailable(
    `${url.host} answered ${status}${status === 200 ? ' without a token' : ''}.`,
    'Check that the job may ask for tokens, and that the service connection is its own.',
  );
}

/** The file of a pod is a link into a volume that the kubelet replaces. */
async function readToken(file: string): Promise<string> {
  let text: string;
  try {
    // A FIFO in its place would keep its reader for good.
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const found = await handle.stat();
    if (!found.isFile() || found.size > MAX_BYTES) throw new Error('it is no file of a token');
    text = pastedToken(await handle.readFile('utf8'));
  } catch (error) {
    const reason = error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
    throw unavailable(`the file of AZURE_FEDERATED_TOKEN_FILE cannot be read (${reason}).`, checkFile, error);
  }
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return text;
  throw unavailable('the file of AZURE_FEDERATED_TOKEN_FILE has no JSON Web Token.', checkFile);
}

const checkFile =
  'Check that the pod has the label of the workload identity, and a service account with its annotations.';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unavailable(reason: string, recommendedAction: string, cause?: unknown): AuthError {
  return new AuthError({
    code: 'FederatedTokenUnavailable',
    message: `There is no federated token: ${reason}`,
    recommendedAction,
    target: 'Federated',
    cause,
  });
}

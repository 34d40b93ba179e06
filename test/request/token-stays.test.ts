import type { HttpResponse } from 'fake-entra/http-message';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { environments } from '../../src/auth/environments.ts';
import { authorizationFor, servicesOf } from '../../src/request/service.ts';
import { headersSent, type Requests, startRequests } from './invoke.ts';

// The account's token goes to https and exactly the host and port of the account's environment, and nowhere else.

const graph = 'graph.microsoft.com';
/** Hosts that somebody else has, one of them with a name like the service's. */
const foreign = ['evil.example', 'graph.microsoft.com.evil.example', 'xgraph.microsoft.com', 'files.example'];
let requests: Requests;

beforeAll(async () => {
  requests = await startRequests();
  for (const host of foreign) requests.entra.foreignHosts.set(host, () => text(200, `from ${host}`));
});

beforeEach(() => requests.entra.log.clear());

afterEach(() => {
  requests.entra.graph.reset();
  expect(requests.entra.failures).toEqual([]);
  expectNoTokenElsewhere();
});

afterAll(() => requests?.[Symbol.asyncDispose]());

/** Nothing but the services and the authority has been sent a token, in any header, address or body. */
function expectNoTokenElsewhere(): void {
  const { log, secretsInUse } = { log: requests.entra.log, secretsInUse: requests.entra.secretsInUse() };
  const elsewhere = log.exchanges.filter(({ request }) => foreign.includes(request.host));
  const sent = elsewhere.map(({ request }) =>
    JSON.stringify({ ...request, body: request.body.toString(), query: `${request.query}` }),
  );
  for (const { value } of secretsInUse) expect(sent.join('\n')).not.toContain(value);
  for (const { request } of elsewhere) expect(request.headers.authorization).toBeUndefined();
}

/** Every host that a connection or a request was for; a connection may be from before. */
function hostsAsked(): string[] {
  const { log } = requests.entra;
  return [...new Set([...log.hosts(), ...log.exchanges.map(({ request }) => request.host)])];
}

function text(status: number, body: string, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain', ...headers }, body };
}

describe('An address of another place is refused, and nothing is sent:', () => {
  test.each([
    ['another host', 'https://evil.example/v1.0/me'],
    ['the service as a user name', 'https://graph.microsoft.com@evil.example/v1.0/me'],
    ['the service as a user name with a port', 'https://graph.microsoft.com:443@evil.example/'],
    ['the service as a name and password', 'https://graph.microsoft.com:x@evil.example/'],
    ['a look-alike suffix', 'https://graph.microsoft.com.evil.example/v1.0/me'],
    ['a look-alike prefix', 'https://xgraph.microsoft.com/v1.0/me'],
    ['a trailing dot', 'https://graph.microsoft.com./v1.0/me'],
    ['another port', 'https://graph.microsoft.com:8443/v1.0/me'],
    ['plain http', 'http://graph.microsoft.com/v1.0/me'],
    ['plain http on the port of https', 'http://graph.microsoft.com:443/v1.0/me'],
    ['user information', 'https://user@graph.microsoft.com/v1.0/me'],
    ['a password', 'https://:secret@graph.microsoft.com/v1.0/me'],
    ['no scheme', '//evil.example/v1.0/me'],
    ['backslashes', String.raw`\\evil.example\v1.0\me`],
    ['a slash and a backslash', String.raw`/\evil.example/v1.0/me`],
    ['backslashes behind the scheme', String.raw`https:\\evil.example/v1.0/me`],
    ['a backslash before the at sign', String.raw`https://evil.example\@graph.microsoft.com/`],
    ['a letter that looks like one', 'https://graph.micrоsoft.com/v1.0/me'],
    ['a fullwidth dot in another host', 'https://graph。microsoft.com.evil.example/'],
    ['another cloud', 'https://graph.microsoft.us/v1.0/me'],
    ['the authority', 'https://login.microsoftonline.com/organizations/'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,hello'],
    ['an address of the other service', 'https://management.azure.com/subscriptions', 'Graph'],
  ] as const)('%s', async (_what, address, endpoint?: 'Graph') => {
    const error = await requests.refused(address, endpoint && { Endpoint: endpoint });
    expect(error).toMatchObject({ errorId: 'AddressRefused', category: 'SecurityError' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(requests.entra.log.connections).toEqual([]);
  });
});

describe('An address of the service is taken, however it is written:', () => {
  test.each([
    ['in upper case', 'HTTPS://GRAPH.MICROSOFT.COM/v1.0/me'],
    ['with the port of https', 'https://graph.microsoft.com:443/v1.0/me'],
    ['with white space around it', '  https://graph.microsoft.com/v1.0/me\n'],
    ['in quotes', "'https://graph.microsoft.com/v1.0/me'"],
    ['relative', '/v1.0/me'],
    ['relative without a slash', 'v1.0/me'],
    ['relative without a version', 'me'],
    ['with dots that lead to the same place', '/v1.0/users/../me'],
    ['with an escaped letter in its host', 'https://graph.micr%6Fsoft.com/v1.0/me'],
    ['with an @ in its path', '/v1.0/me?x=@evil.example'],
  ])('%s', async (_what, address) => {
    const { output } = await requests.invoke(address);
    expect(output).toMatchObject([{ id: requests.user.objectId }]);
    expect(hostsAsked()).toEqual([graph]);
  });
});

test('a token cannot be put into a request to elsewhere, whoever asks for it', () => {
  const { Graph } = servicesOf(environments.AzureCloud);
  expect(authorizationFor(new URL('https://graph.microsoft.com/v1.0/me'), Graph, 't')).toBe('Bearer t');
  for (const address of ['https://evil.example/', 'http://graph.microsoft.com/', 'https://a@graph.microsoft.com/']) {
    expect(() => authorizationFor(new URL(address), Graph, 't')).toThrow('about to go elsewhere');
  }
});

describe('A redirect', () => {
  const redirect = (status: number, location: string) =>
    requests.entra.graph.answers.set('/v1.0/download', () => text(status, '', { location }));

  test.each([301, 302, 303, 307, 308])('with %i to another host is followed without the token', async status => {
    redirect(status, 'https://files.example/content?sig=abc');
    const { output } = await requests.invoke('/download', {
      Headers: { $type: 'System.Collections.Hashtable', entries: { 'X-Own': 'mine' } },
    });
    expect(output).toEqual(['from files.example']);
    expect(headersSent(requests.entra, 'files.example', 'x-own')).toEqual([undefined]);
    expect(headersSent(requests.entra, graph, 'authorization')).toEqual([expect.stringMatching(/^Bearer ey/)]);
  });

  test('of the service to itself is followed with the token', async () => {
    redirect(302, '/v1.0/me');
    expect((await requests.invoke('/download')).output).toMatchObject([{ id: requests.user.objectId }]);
    expect(headersSent(requests.entra, graph, 'authorization')).toHaveLength(2);
  });

  test('to elsewhere and back again comes without the token', async () => {
    requests.entra.foreignHosts.set('files.example', () =>
      text(302, '', { location: 'https://graph.microsoft.com/v1.0/me' }),
    );
    redirect(302, 'https://files.example/back');
    expect(await requests.refused('/download')).toMatchObject({
      errorId: 'RequestFailed',
      data: { HttpStatus: '401' },
    });
    expect(headersSent(requests.entra, graph, 'authorization')).toEqual([expect.anything(), undefined]);
    requests.entra.foreignHosts.set('files.example', () => text(200, 'from files.example'));
  });

  test.each([
    ['plain http', 'http://files.example/content'],
    ['user information', 'https://user@files.example/content'],
    ['another scheme', 'ftp://files.example/content'],
    ['nothing that can be read', 'https://[/'],
  ])('to %s is not followed', async (_what, location) => {
    redirect(302, location);
    expect(await requests.refused('/download')).toMatchObject({ errorId: 'RedirectRefused' });
    expect(hostsAsked()).toEqual([graph]);
  });

  test('without an end is given up', async () => {
    redirect(302, '/v1.0/download');
    expect(await requests.refused('/download')).toMatchObject({ errorId: 'RedirectRefused' });
    expect(requests.entra.log.exchanges.length).toBeLessThan(10);
  });

  test.each(['POST', 'PATCH', 'PUT', 'DELETE'] as const)('of a %s to another host is not followed', async method => {
    redirect(307, 'https://evil.example/take');
    const body = method === 'DELETE' ? {} : { Body: 'what is private' };
    const error = await requests.refused('/download', { Method: method, ...body });
    expect(error).toMatchObject({ errorId: 'RedirectRefused' });
    expect(hostsAsked()).toEqual([graph]);
  });

  test('does not have its address, which is as good as a password, in an error or in what is told', async () => {
    redirect(302, 'https://files.example/content?sig=download-secret');
    requests.entra.foreignHosts.set('files.example', () => text(403, 'no'));
    const error = await requests.refused('/download');
    expect(error).toMatchObject({ errorId: 'RequestFailed', target: 'files.example' });
    expect(JSON.stringify(error)).not.toContain('download-secret');
    requests.entra.foreignHosts.set('files.example', () => text(200, 'from files.example'));
    expect(JSON.stringify(await requests.invoke('/download'))).not.toContain('download-secret');
  });
});

test('a Location of an answer that is no redirect is not followed', async () => {
  requests.entra.graph.answers.set('/v1.0/start', () => text(202, '', { location: 'https://evil.example/operation' }));
  expect((await requests.invoke('/start', { Method: 'POST' })).output).toEqual([]);
  expect(hostsAsked()).toEqual([graph]);
});

describe("A page's link to the next", () => {
  test.each([
    ['another host', 'https://evil.example/v1.0/things?$skiptoken=2'],
    ['a look-alike', 'https://graph.microsoft.com.evil.example/v1.0/things'],
    ['a user name like the service', 'https://graph.microsoft.com@evil.example/v1.0/things'],
    ['plain http', 'http://graph.microsoft.com/v1.0/things'],
    ['another port', 'https://graph.microsoft.com:8443/v1.0/things'],
    ['a trailing dot', 'https://graph.microsoft.com./v1.0/things'],
    ['the other service', 'https://management.azure.com/things'],
    ['nothing that can be read', 'no address'],
  ])('to %s is an error, after the objects that came', async (_what, link) => {
    requests.entra.graph.collections.set('/v1.0/things', {
      items: [{ id: '1' }, { id: '2' }, { id: '3' }],
      pageSize: 2,
      nextLink: () => link,
    });
    const { output, errors } = await requests.invoke(['/things']);
    expect(output).toEqual([{ id: '1' }, { id: '2' }]);
    expect(errors).toMatchObject([{ details: { errorId: 'NextLinkRefused', category: 'SecurityError' } }]);
    expect(hostsAsked()).toEqual([graph]);
  });

  test('to itself is an error, and not asked for without an end', async () => {
    requests.entra.graph.collections.set('/v1.0/things', {
      items: [{ id: '1' }, { id: '2' }],
      pageSize: 1,
      nextLink: () => 'https://graph.microsoft.com/v1.0/things',
    });
    expect((await requests.invoke(['/things'])).errors).toMatchObject([
      { details: { errorId: 'ServiceAnswerInvalid' } },
    ]);
  });
});

test.each([
  'Authorization',
  'authorization',
  'Host',
  'Proxy-Authorization',
  'Cookie',
  'Content-Length',
  'Bad Name',
  'X\r\nY',
])('the header %j cannot be set', async name => {
  const Headers = { $type: 'System.Collections.Hashtable', entries: { [name]: 'v' } } as const;
  expect(await requests.refused('/me', { Headers })).toMatchObject({ errorId: 'HeaderRefused' });
  expect(requests.entra.log.connections).toEqual([]);
});

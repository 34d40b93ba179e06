import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { environments } from '../../src/auth/environments.ts';
import { readAddress } from '../../src/request/address.ts';
import { readBody } from '../../src/request/request-body.ts';
import { headersSent, type Requests, startRequests } from './invoke.ts';

// What a request is made of, and what comes of its answer.

const graph = 'graph.microsoft.com';
let requests: Requests;
let folder: string;

beforeAll(async () => {
  [requests, folder] = await Promise.all([startRequests(), mkdtemp(path.join(tmpdir(), 'request-'))]);
});

beforeEach(() => {
  requests.entra.graph.collections.clear();
  requests.entra.graph.collections.set('/v1.0/things', { items: things(10), pageSize: 4 });
  requests.entra.log.clear();
});

afterEach(() => {
  requests.entra.graph.reset();
  expect(requests.entra.failures).toEqual([]);
});

afterAll(async () => {
  await requests?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const things = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index) }));
const uint64 = (value: number | bigint) => ({ $type: 'System.UInt64', value: String(value) }) as const;
const table = (entries: Record<string, unknown>) => ({ $type: 'System.Collections.Hashtable', entries }) as const;

/** The requests that reached the service, as `METHOD path?query`. */
function sent(): string[] {
  const asked = requests.entra.log.exchanges.filter(
    ({ request }) => request.host.endsWith('.com') && !request.host.startsWith('login'),
  );
  return asked.map(
    ({ request: { method, path: at, query } }) => `${method} ${at}${query.size === 0 ? '' : `?${query}`}`,
  );
}

function bodySent(): string | undefined {
  return requests.entra.log.exchanges.at(-1)?.request.body.toString();
}

function answer(status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): void {
  requests.entra.graph.answers.set('/v1.0/answer', () => ({
    status,
    headers: { 'content-type': type, ...headers },
    body,
  }));
}

describe('An address', () => {
  test.each([
    ['users', 'https://graph.microsoft.com/v1.0/users'],
    ['/users?$top=5', 'https://graph.microsoft.com/v1.0/users?$top=5'],
    ['beta/users', 'https://graph.microsoft.com/beta/users'],
    ['/V1.0/users', 'https://graph.microsoft.com/V1.0/users'],
    [
      '/users/ada_contoso.com#EXT#@x.example',
      'https://graph.microsoft.com/v1.0/users/ada_contoso.com%23EXT%23@x.example',
    ],
    [
      "/users?$filter=startswith(displayName,'A b')",
      'https://graph.microsoft.com/v1.0/users?$filter=startswith(displayName,%27A%20b%27)',
    ],
    ['/me/drive/root:/a b.txt:/content', 'https://graph.microsoft.com/v1.0/me/drive/root:/a%20b.txt:/content'],
    ['/users/ädä', 'https://graph.microsoft.com/v1.0/users/%C3%A4d%C3%A4'],
  ])('%s is %s', (given, expected) => {
    expect(readAddress(given, environments.AzureCloud).url.href).toBe(expected);
  });

  test.each([
    ['AzureChinaCloud', 'https://microsoftgraph.chinacloudapi.cn/v1.0/me', 'https://management.chinacloudapi.cn/x'],
    ['AzureUSGovernment', 'https://graph.microsoft.us/v1.0/me', 'https://management.usgovcloudapi.net/x'],
    ['AzureGermanCloud', 'https://graph.microsoft.de/v1.0/me', 'https://management.core.cloudapi.de/x'],
    ['AzurePPE', 'https://graph.microsoft-ppe.com/v1.0/me', 'https://api-dogfood.resources.windows-int.net/x'],
  ] as const)('of %s is at its own hosts', (name, graphAddress, azureAddress) => {
    const environment = environments[name];
    expect(readAddress('me', environment).url.href).toBe(graphAddress);
    expect(readAddress('/x', environment, 'Azure').url.href).toBe(azureAddress);
    expect(readAddress(azureAddress, environment).service.name).toBe('Azure');
    expect(() => readAddress('https://graph.microsoft.com/v1.0/me', environment)).toThrow('Nothing was sent');
  });

  test.each(['', '  ', '""', 'https://[bad', 'https://'])('%j is none', given => {
    expect(() => readAddress(given, environments.AzureCloud)).toThrow('The address is not one');
  });
});

describe('A collection', () => {
  test('is written as its objects, and a page is asked for when the one before is through', async () => {
    const { output } = await requests.invoke('/things');
    expect(output).toEqual(things(10));
    expect(sent()).toEqual(['GET /v1.0/things', 'GET /v1.0/things?%24skiptoken=4', 'GET /v1.0/things?%24skiptoken=8']);
  });

  test.each([
    [{ First: uint64(3) }, things(10).slice(0, 3), 1],
    [{ First: uint64(4) }, things(10).slice(0, 4), 1],
    [{ First: uint64(5) }, things(10).slice(0, 5), 2],
    [{ Skip: uint64(3) }, things(10).slice(3), 3],
    [{ Skip: uint64(5), First: uint64(2) }, things(10).slice(5, 7), 2],
    [{ Skip: uint64(100) }, [], 3],
    [{ First: uint64(0) }, [], 0],
    [{ First: uint64(18446744073709551615n) }, things(10), 3],
  ])('with %j has what is wanted of it, and no more is asked for', async (options, expected, pages) => {
    expect((await requests.invoke('/things', options)).output).toEqual(expected);
    expect(sent()).toHaveLength(pages);
  });

  test('with -IncludeTotalCount has the number of all first, however few are wanted', async () => {
    const { output, totalCounts } = await requests.invoke('/things', { IncludeTotalCount: true, First: uint64(2) });
    expect(totalCounts).toEqual([{ count: 10, accuracy: 1 }]);
    expect(output).toEqual([{ id: '0' }, { id: '1' }]);
    expect(sent()).toEqual(['GET /v1.0/things?%24count=true']);
    expect(headersSent(requests.entra, graph, 'consistencylevel')).toEqual(['eventual']);
    const none = await requests.invoke('/things', { IncludeTotalCount: true, First: uint64(0) });
    expect(none.totalCounts).toEqual([{ count: 10, accuracy: 1 }]);
    expect(none.output).toEqual([]);
  });

  test('whose number nobody tells has a total count that is unknown', async () => {
    const Headers = table({ ConsistencyLevel: 'session' });
    const { output, totalCounts } = await requests.invoke('/things', { IncludeTotalCount: true, Headers });
    expect(output).toEqual(things(10));
    expect(totalCounts).toEqual([{ count: 0, accuracy: 0 }]);
  });

  test("of Azure management has that service's links to its pages", async () => {
    const items = things(5);
    requests.entra.graph.collections.set('/subscriptions', { items, pageSize: 2 });
    expect((await requests.invoke('/subscriptions?api-version=2022-12-01', { Endpoint: 'Azure' })).output).toEqual(
      items,
    );
    expect(sent()).toHaveLength(3);
    expect(headersSent(requests.entra, 'management.azure.com', 'authorization')[0]).not.toBe(
      `Bearer ${requests.session.connection().current.token}`,
    );
  });

  test('with -First over several requests of a pipeline is counted over all', async () => {
    const { output } = await requests.invoke(['/things', '/things', '/things'], { First: uint64(12) });
    expect(output).toHaveLength(12);
    expect(sent()).toHaveLength(4);
  });
});

describe('Output', () => {
  const nested = '{"id":"1","a":{"b":[{"c":1}]},"@odata.type":"#x"}';

  test('is objects where nothing is said, also of what has a value beside its id', async () => {
    answer(200, 'application/json', '{"id":"1","value":[1,2]}');
    expect((await requests.invoke('/answer')).output).toEqual([{ id: '1', value: [1, 2] }]);
  });

  test('is hashtables to the last level with -OutputType Hashtable', async () => {
    answer(200, 'application/json', nested);
    const inner = table({ b: [table({ c: 1 })] });
    expect((await requests.invoke('/answer', { OutputType: 'Hashtable' })).output).toEqual([
      table({ id: '1', a: inner, '@odata.type': '#x' }),
    ]);
  });

  test('is the text of each answer as it came with -OutputType Json', async () => {
    const text = '{ "id" : 1.0, "big": 12345678901234567890 }';
    answer(200, 'application/json; charset=utf-8', text);
    expect((await requests.invoke('/answer', { OutputType: 'Json' })).output).toEqual([text]);
    const { output } = await requests.invoke('/things', { OutputType: 'Json' });
    expect(output.map(page => JSON.parse(String(page)).value)).toEqual([
      things(4),
      things(10).slice(4, 8),
      things(10).slice(8),
    ]);
    expect(await requests.refused('/things', { OutputType: 'Json', First: uint64(1) })).toMatchObject({
      errorId: 'OutputRefused',
    });
  });

  test('has each digit of a long number, and a number in a text stays text', async () => {
    answer(
      200,
      'application/json',
      '{"a":9007199254740993,"b":-9223372036854775808,"c":9223372036854775808,"d":"12345678901234567890","e":9007199254740991,"f":[12345678901234567]}',
    );
    expect((await requests.invoke('/answer')).output).toEqual([
      {
        a: { $type: 'System.Int64', value: '9007199254740993' },
        b: { $type: 'System.Int64', value: '-9223372036854775808' },
        c: { $type: 'System.Numerics.BigInteger', value: '9223372036854775808' },
        d: '12345678901234567890',
        e: 9007199254740991,
        f: [{ $type: 'System.Int64', value: '12345678901234567' }],
      },
    ]);
  });

  test.each([
    ['text', 'text/csv', 'a,b\n1,2', 'a,b\n1,2'],
    ['bytes', 'image/jpeg', Buffer.from([1, 2, 255]), Buffer.from([1, 2, 255])],
    ['a number', 'application/json', '5', 5],
    ['a problem in JSON', 'application/problem+json', '{"a":1}', { a: 1 }],
  ])('is %s where the answer is', async (_what, type, body, expected) => {
    answer(200, type, body);
    expect((await requests.invoke('/answer')).output).toEqual([expected]);
  });

  test('is nothing where the answer is empty', async () => {
    answer(204, 'application/json', '');
    expect((await requests.invoke('/answer', { Method: 'PATCH', Body: '{}' })).output).toEqual([]);
  });

  test('that came compressed is what it was before', async () => {
    answer(200, 'application/json', gzipSync(nested), { 'content-encoding': 'gzip' });
    expect((await requests.invoke('/answer')).output).toEqual([JSON.parse(nested)]);
    expect(headersSent(requests.entra, graph, 'accept-encoding')).toEqual(['gzip, br']);
  });
});

describe('A body', () => {
  test.each([
    ['a hashtable', table({ a: 1, b: table({ c: [true, null] }) }), '{"a":1,"b":{"c":[true,null]}}'],
    [
      'an object',
      { $type: 'PSObject', $typeName: 'System.Management.Automation.PSCustomObject', properties: { a: 'x' } },
      '{"a":"x"}',
    ],
    ['a list', ['a', 2], '["a",2]'],
    ['text, as it is', '{ "a" : 1 }', '{ "a" : 1 }'],
    ['a type before the rest', table({ a: 1, '@odata.type': '#x' }), '{"@odata.type":"#x","a":1}'],
    [
      'a long number with each digit',
      table({ n: { $type: 'System.Int64', value: '9007199254740993' } }),
      '{"n":9007199254740993}',
    ],
    [
      'a date',
      table({ d: { $type: 'System.DateTime', value: '2026-05-01T12:30:00.0000000Z' } }),
      '{"d":"2026-05-01T12:30:00.0000000Z"}',
    ],
    ['a time span', table({ t: { $type: 'System.TimeSpan', value: '-1.02:03:04.5000000' } }), '{"t":"-P1DT2H3M4.5S"}'],
    [
      'a secure string',
      table({ password: { $type: 'System.Security.SecureString', value: 'p~w' } }),
      '{"password":"p~w"}',
    ],
  ])('can be %s', async (_what, Body, expected) => {
    answer(200, 'text/plain', 'ok');
    await requests.invoke('/answer', { Method: 'POST', Body });
    expect(bodySent()).toBe(expected);
    expect(headersSent(requests.entra, graph, 'content-type')).toEqual(['application/json']);
  });

  test('can be bytes, and can have a content type of its own', async () => {
    answer(200, 'text/plain', 'ok');
    const Body = { $type: 'System.Byte[]', value: Buffer.from([0, 255]).toString('base64') };
    await requests.invoke('/answer', { Method: 'PUT', Body });
    await requests.invoke('/answer', { Method: 'PUT', Body, ContentType: 'image/png' });
    expect(headersSent(requests.entra, graph, 'content-type')).toEqual(['application/octet-stream', 'image/png']);
    expect(requests.entra.log.exchanges.at(-1)?.request.body).toEqual(Buffer.from([0, 255]));
  });

  test('can be a file, which is sent again where the service asks for that', async () => {
    const file = path.join(folder, 'body.json');
    await writeFile(file, '{"from":"file"}');
    answer(200, 'text/plain', 'ok');
    requests.entra.graph.throttle('/answer', { times: 1 });
    await requests.invoke('/answer', { Method: 'PUT' }, { inputFile: file });
    expect(requests.entra.log.to('/answer').map(({ request }) => request.body.toString())).toEqual(
      Array(2).fill('{"from":"file"}'),
    );
    expect(headersSent(requests.entra, graph, 'content-length')).toEqual(['15', '15']);
  });

  test('cannot be a file that is not there', async () => {
    const failing = requests.invoke('/answer', { Method: 'PUT' }, { inputFile: path.join(folder, 'none') });
    await expect(failing).rejects.toMatchObject({ details: { errorId: 'FileUnusable', category: 'OpenError' } });
    expect(sent()).toEqual([]);
  });

  test('does not go with a GET, and cannot be a credential', async () => {
    expect(await requests.refused('/answer', { Body: 'x' })).toMatchObject({ errorId: 'BodyRefused' });
    const Body = table({ c: { $type: 'System.Management.Automation.PSCredential', userName: 'u', password: 'p~w' } });
    const error = await requests.refused('/answer', { Method: 'POST', Body });
    expect(error).toMatchObject({ errorId: 'BodyInvalid', target: '-Body.c' });
    expect(JSON.stringify(error)).not.toContain('p~w');
    expect(() => readBody(Body)).toThrow('PSCredential');
  });
});

describe('A preview', () => {
  test.each([
    ['POST', table({ a: 'ä' }), 'POST with 10 bytes of application/json as adele@contoso.example'],
    ['PATCH', '{}', 'PATCH with 2 bytes of application/json as adele@contoso.example'],
    ['DELETE', undefined, 'DELETE as adele@contoso.example'],
  ] as const)('of a %s has method, size and account, and nothing is sent', async (Method, Body, action) => {
    const options = { Method, ...(Body !== undefined && { Body }) };
    const { plans, output } = await requests.invoke('/things/1', options, { whatIf: true });
    expect(plans[0]?.confirm).toEqual({ target: 'https://graph.microsoft.com/v1.0/things/1', action });
    expect(output).toEqual([]);
    expect(requests.entra.log.exchanges).toEqual([]);
  });

  test('of a file names the file', async () => {
    const { plans } = await requests.invoke('/things/1', { Method: 'PUT' }, { whatIf: true, inputFile: 'photo.jpg' });
    expect(plans[0]?.confirm?.action).toBe(
      'PUT with the file photo.jpg (application/octet-stream) as adele@contoso.example',
    );
  });

  test.each(['GET', 'HEAD'] as const)('is none of a %s, which is sent', async Method => {
    const { plans } = await requests.invoke('/things?$top=100', { Method }, { whatIf: true });
    expect(plans[0]?.confirm).toBeUndefined();
    expect(sent()).toEqual([`${Method} /v1.0/things?%24top=100`]);
  });

  test('of a GET into a file says so, and nothing is sent or written', async () => {
    const OutputFilePath = path.join(folder, 'previewed');
    const { plans } = await requests.invoke('/things', { OutputFilePath }, { whatIf: true });
    expect(plans[0]?.confirm?.action).toBe(
      `GET as adele@contoso.example, and write the answer to the file ${OutputFilePath}`,
    );
    expect(sent()).toEqual([]);
    expect(await readdir(folder)).not.toContain('previewed');
  });
});

describe('An answer into a file', () => {
  test('is there as it came, in the place of the one before', async () => {
    const file = path.join(folder, 'answer.bin');
    await writeFile(file, 'before');
    answer(200, 'application/octet-stream', Buffer.from([1, 2, 3]));
    expect((await requests.invoke('/answer', { OutputFilePath: file })).output).toEqual([]);
    expect(await readFile(file)).toEqual(Buffer.from([1, 2, 3]));
    expect(headersSent(requests.entra, graph, 'accept')).toEqual(['*/*']);
  });

  test('that breaks off leaves the one before, and nothing else', async () => {
    const file = path.join(folder, 'kept.bin');
    await writeFile(file, 'before');
    answer(200, 'application/octet-stream', Buffer.alloc(100_000));
    requests.entra.faults.add({ path: '/answer', times: 1, fault: { kind: 'drop' } });
    expect(await requests.refused('/answer', { OutputFilePath: file })).toMatchObject({
      errorId: 'ServiceUnreachable',
    });
    expect(await readFile(file, 'utf8')).toBe('before');
    expect((await readdir(folder)).filter(name => name.includes('partial'))).toEqual([]);
  });

  test('that was refused leaves the one before', async () => {
    const file = path.join(folder, 'refused.bin');
    await writeFile(file, 'before');
    expect(await requests.refused('/things/none', { OutputFilePath: file })).toMatchObject({
      errorId: 'ObjectNotFound',
    });
    expect(await readFile(file, 'utf8')).toBe('before');
  });

  test('cannot be where there is no folder', async () => {
    const OutputFilePath = path.join(folder, 'none', 'file');
    expect(await requests.refused('/things', { OutputFilePath })).toMatchObject({ errorId: 'FileUnusable' });
  });

  test('does not go with what counts objects', async () => {
    const options = { OutputFilePath: 'x', First: uint64(1) };
    expect(await requests.refused('/things', options)).toMatchObject({ errorId: 'OutputRefused' });
  });
});

describe('A batch', () => {
  const addresses = (count: number) => Array.from({ length: count }, (_, index) => `/things/${index}`);

  beforeEach(() => {
    requests.entra.graph.collections.set('/v1.0/things', { items: things(45), pageSize: 4 });
  });

  test('has twenty requests, and its results are in their order', async () => {
    const { output } = await requests.batch(addresses(45));
    expect(output).toEqual(things(45));
    expect(sent()).toEqual(Array(3).fill('POST /v1.0/$batch'));
    const sizes = requests.entra.log.exchanges.map(
      ({ request }) => JSON.parse(request.body.toString()).requests.length,
    );
    expect(sizes).toEqual([20, 20, 5]);
  });

  test('asks again for the parts alone that were told to come later', async () => {
    requests.entra.graph.throttle(/\/things\/(3|7)$/, { times: 3 });
    const { output, verbose } = await requests.batch(addresses(10));
    expect(output).toEqual(things(10));
    const asked = requests.entra.log.exchanges.map(({ request }) =>
      JSON.parse(request.body.toString()).requests.map((part: { url: string }) => part.url),
    );
    expect(asked).toEqual([
      addresses(10),
      ['/things/3', '/things/7'],
      ['/things/3', '/things/7'].slice(0, asked[2]?.length),
    ]);
    expect(verbose.some(text => text.includes('answered 429'))).toBe(true);
  });

  test('writes an error for each part that was refused, with its own address, and goes on', async () => {
    const { output, errors } = await requests.batch(['/things/1', '/things/none', '/things/2']);
    expect(output).toEqual([{ id: '1' }, { id: '2' }]);
    expect(errors).toMatchObject([
      {
        details: {
          errorId: 'ObjectNotFound',
          target: 'GET https://graph.microsoft.com/v1.0/things/none',
          data: { RequestId: expect.any(String) },
        },
      },
    ]);
  });

  test('has collections, whose further pages are asked for by themselves', async () => {
    requests.entra.graph.collections.set('/v1.0/others', { items: things(6), pageSize: 4 });
    const { output } = await requests.batch(['/others', '/things/9']);
    expect(output).toEqual([...things(6), { id: '9' }]);
    expect(sent()).toEqual(['POST /v1.0/$batch', 'GET /v1.0/others?%24skiptoken=4']);
  });

  test('has requests of one version, and goes out when another comes', async () => {
    requests.entra.graph.collections.set('/beta/things', { items: things(3) });
    const { output } = await requests.batch(['/things/1', '/beta/things/2', '/things/3']);
    expect(output).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);
    expect(sent()).toEqual(['POST /v1.0/$batch', 'POST /beta/$batch', 'POST /v1.0/$batch']);
  });

  test('carries headers, and the text of its parts with -OutputType Json', async () => {
    const { output } = await requests.batch(['/things/1'], {
      Headers: table({ ConsistencyLevel: 'eventual' }),
      OutputType: 'Json',
    });
    expect(output).toEqual(['{"id":"1"}']);
    expect(JSON.parse(bodySent() ?? '').requests[0].headers).toEqual({ consistencylevel: 'eventual' });
  });

  test('that lacks an answer has an error for the request', async () => {
    requests.entra.graph.answers.set('/v1.0/$batch', () => ({ status: 200, headers: {}, body: '' }));
    requests.entra.faults.add({
      path: '/$batch',
      times: 1,
      fault: {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"responses":[{"id":"1","status":200,"body":{"id":"1"}}]}',
      },
    });
    const { output, errors } = await requests.batch(['/things/1', '/things/2']);
    expect(output).toEqual([{ id: '1' }]);
    expect(errors).toMatchObject([{ details: { errorId: 'ServiceAnswerInvalid' } }]);
  });

  test.each(['not JSON', '{"responses":"none"}', '{}'])('whose answer is %s is an error', async body => {
    requests.entra.faults.add({ path: '/$batch', times: 1, fault: { kind: 'answer', status: 200, body } });
    expect((await requests.batch(['/things/1'])).errors).toMatchObject([
      { details: { errorId: 'ServiceAnswerInvalid' } },
    ]);
  });

  test('is of Microsoft Graph alone', async () => {
    await expect(requests.batch(['/x'], { Endpoint: 'Azure' })).rejects.toMatchObject({
      details: { errorId: 'BatchRefused' },
    });
  });
});

test('What is wrong with one request of a pipeline is told, and the next are still sent', async () => {
  const { output, errors } = await requests.invoke(['/things/1', '/things/none', '/things/2']);
  expect(output).toEqual([{ id: '1' }, { id: '2' }]);
  expect(errors).toMatchObject([{ details: { errorId: 'ObjectNotFound' } }]);
});

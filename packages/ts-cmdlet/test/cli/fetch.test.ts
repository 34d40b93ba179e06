import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newSample, runCommand, type SampleProject } from './command.ts';

// A handler fetches by `ts-cmdlet/fetch`: as other programs of the session do, and again where a service is busy. The service and
// the proxy are servers of this test; the proxy answers for every host itself.

let sample: SampleProject;
let shell: TestShell;
let service: Server;
let proxy: Server;
/** What reached the servers, in its order. */
let received: string[];

const addressOf = (server: Server) => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return `http://127.0.0.1:${address.port}`;
};

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

beforeAll(async () => {
  service = await listen((request, response) => {
    received.push(`${request.method} ${request.url}`);
    const isBusy = request.url === '/busy' && received.length < 3;
    response.writeHead(isBusy ? 503 : 200, isBusy ? { 'retry-after': '0' } : {}).end('the service');
  });
  proxy = await listen((request, response) => {
    received.push(`proxy ${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    response.end('the proxy');
  });
  sample = await newSample();
  await symlink(
    path.dirname(createRequire(import.meta.url).resolve('undici/package.json')),
    sample.file('node_modules/undici'),
    'junction',
  );
  await sample.edit('get-greeting.ts', 'import {', "import { createFetch } from 'ts-cmdlet/fetch';\nimport {");
  await sample.edit(
    'get-greeting.ts',
    'for (const name of names) {',
    `for (const name of names) {
      if (name.startsWith('http')) {
        const [url = '', method = 'GET'] = name.split(' ');
        const answer = await createFetch(invocation, { timeoutMs: 10_000 })(url, { method });
        await invocation.writeObject(\`\${answer.status} \${await answer.text()}\`);
        continue;
      }`,
  );
  const { code, stderr } = await runCommand(['build', 'Sample'], sample.cwd);
  if (code !== 0) throw new Error(stderr);
  shell = await startShell(sample.file('module/Sample/Sample.psd1'));
});

beforeEach(() => {
  received = [];
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  for (const server of [service, proxy]) {
    server?.closeAllConnections();
    server?.close();
  }
  await sample?.[Symbol.asyncDispose]();
});

const get = (url: string, before = '', after = '') =>
  shell.run(
    Type.String(),
    `${before}; try { Get-SampleGreeting ${quote(url)} } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.Message } finally { ${after} }`,
  );

test('a request that changes nothing is sent again while the service is busy, and another is not', async () => {
  expect(await get(`${addressOf(service)}/busy`)).toEqual(['200 the service']);
  expect(received).toEqual(['GET /busy', 'GET /busy', 'GET /busy']);
  received = [];
  expect(await get(`${addressOf(service)}/busy POST`)).toEqual(['503 the service']);
  expect(received).toEqual(['POST /busy']);
});

test('a request goes through the proxy that a variable names, with its user, but not to a host of NO_PROXY', async () => {
  const named = addressOf(proxy).replace('http://', 'http://ada:p%40ss@');
  const before = `$env:HTTP_PROXY = $env:http_proxy = ${quote(named)}; $env:NO_PROXY = $env:no_proxy = '127.0.0.1'`;
  const after = '$env:HTTP_PROXY = $env:http_proxy = $env:NO_PROXY = $env:no_proxy = $null';
  expect(await get('http://service.example/x', before, after)).toEqual(['200 the proxy']);
  expect(await get(`${addressOf(service)}/direct`, before, after)).toEqual(['200 the service']);
  const credentials = Buffer.from('ada:p@ss').toString('base64');
  expect(received).toEqual([`proxy GET http://service.example/x Basic ${credentials}`, 'GET /direct']);
});

test.each(['corp\\ada:100%', 'ada:p#s/s?@x'])('a proxy takes the user and password of %s@ as they are', async user => {
  const before = `$env:HTTP_PROXY = $env:http_proxy = ${quote(addressOf(proxy).replace('//', `//${user}@`))}`;
  const after = '$env:HTTP_PROXY = $env:http_proxy = $null';
  expect(await get('http://service.example/w', before, after)).toEqual(['200 the proxy']);
  expect(received).toEqual([`proxy GET http://service.example/w Basic ${Buffer.from(user).toString('base64')}`]);
});

test('a request goes through the proxy that .NET has, where no variable names one', async () => {
  const before = `$before = [System.Net.Http.HttpClient]::DefaultProxy
    $own = [System.Net.WebProxy]::new(${quote(addressOf(proxy))}); $own.Credentials = [pscredential]::new('grace', (ConvertTo-SecureString 's/t' -AsPlainText -Force)).GetNetworkCredential()
    [System.Net.Http.HttpClient]::DefaultProxy = $own`;
  expect(await get('http://service.example/y', before, '[System.Net.Http.HttpClient]::DefaultProxy = $before')).toEqual(
    ['200 the proxy'],
  );
  expect(received).toEqual([`proxy GET http://service.example/y Basic ${Buffer.from('grace:s/t').toString('base64')}`]);
});

test('a proxy of .NET that leaves the host out, or fails, is none, and no error of the session', async () => {
  const hosts = [['first.example'], ['127\\.0\\.0\\.1']];
  const proxies = hosts.map(
    except => `[System.Net.WebProxy]::new(${quote(addressOf(proxy))}, $false, @(${except.map(quote).join()}))`,
  );
  const script = (proxies: readonly string[]) => `
    class FailingProxy : System.Net.IWebProxy {
      [System.Net.ICredentials] $Credentials
      [uri] GetProxy([uri] $to) { throw 'no proxy today' }
      [bool] IsBypassed([uri] $to) { return $false }
    }
    $before = [System.Net.Http.HttpClient]::DefaultProxy
    $Error.Clear()
    try {
      foreach ($own in ${proxies.join()}) {
        [System.Net.Http.HttpClient]::DefaultProxy = $own
        Get-SampleGreeting ${quote(`${addressOf(service)}/z`)}
      }
    } finally { [System.Net.Http.HttpClient]::DefaultProxy = $before }
    $Error.ForEach({ "$_" })`;
  expect(await shell.run(Type.String(), script([...proxies, '[FailingProxy]::new()']))).toEqual([
    '200 the proxy',
    '200 the service',
    '200 the service',
  ]);
});

test('a service that cannot be reached is an error that says why, and so is a proxy that is none', async () => {
  const gone = await listen(() => {});
  const address = addressOf(gone);
  gone.close();
  expect(await get(`${address}/`)).toEqual([
    'ServiceUnreachable,Get-SampleGreeting',
    expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED.*\.$/),
  ]);
  const wrong = "$env:HTTP_PROXY = $env:http_proxy = 'socks5://user:secret@127.0.0.1'";
  const [id, message] = await get('http://service.example/', wrong, '$env:HTTP_PROXY = $env:http_proxy = $null');
  expect(id).toBe('ProxyInvalid,Get-SampleGreeting');
  expect(message).not.toContain('secret');
});

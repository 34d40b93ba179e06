import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const Manifest = Type.Object({ version: Type.String() });
const modules = path.join(import.meta.dirname, '..', '..', '..', '..', 'node_modules');

/** A package registry on loopback that has what is installed in this project, each in its one version. */
export interface PackageRegistry extends AsyncDisposable {
  readonly url: string;
}

/** Starts a registry, so that the real npm installs without a network. */
export async function startPackageRegistry(): Promise<PackageRegistry> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '').replace(/^\//, '');
    const answer = name.endsWith('/-.tar')
      ? sendTarball(name.slice(0, -6), response)
      : sendPackage(name, url, response);
    answer.catch(error => response.destroy(error));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function sendPackage(name: string, url: string, response: ServerResponse): Promise<void> {
  const file = path.join(modules, name, 'package.json');
  if (!existsSync(file)) {
    response.writeHead(404).end('{}');
    return;
  }
  const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
  const { version } = Value.Parse(Manifest, manifest);
  const dist = { tarball: `${url}${name}/-.tar` };
  const versions = { [version]: { ...Object(manifest), dist } };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
}

/** A package's own files. npm drops the first part of each path, and takes an archive that is not compressed. */
async function sendTarball(name: string, response: ServerResponse): Promise<void> {
  const tar = spawn('tar', ['-c', '--exclude=./node_modules', '.'], { cwd: path.join(modules, name) });
  tar.once('error', error => response.destroy(error));
  tar.stdout.pipe(response);
}

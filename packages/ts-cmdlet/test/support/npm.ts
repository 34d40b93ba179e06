import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The script of the npm that runs the tests, or of the one on the PATH. */
export function findNpm(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const names = folders.flatMap(folder => [
    path.join(folder, 'npm'),
    path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]);
  const found = [process.env.npm_execpath, ...names].find(file => file !== undefined && existsSync(file));
  return found && realpathSync(found);
}

/**
 * The environment of a person without settings of npm: this Node.js goes first on the PATH, packages come from `registry`,
 * and what goes elsewhere meets a proxy that is not there.
 */
export function npmEnvironment(registry: string, folder: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|node_env|node_options|vitest|(no|http|https|all)_proxy)/i.test(name),
  );
  return {
    ...Object.fromEntries(others),
    PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
    npm_config_registry: registry,
    npm_config_cache: path.join(folder, 'npm-cache'),
    npm_config_userconfig: path.join(folder, 'no-npmrc'),
    npm_config_update_notifier: 'false',
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
    NO_COLOR: '1',
  };
}

/** Runs npm in a folder and gives what it printed. Rejects with all of it when npm fails. */
export function runNpm(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const npm = findNpm();
  if (npm === undefined) throw new Error('npm was not found.');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [npm, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', text => (printed.stdout += text));
    child.stderr.setEncoding('utf8').on('data', text => (printed.stderr += text));
    child.once('error', reject).once('close', code => {
      if (code === 0) resolve(printed.stdout);
      else reject(new Error(`npm ${args.join(' ')} ended with ${code}\n${printed.stdout}${printed.stderr}`));
    });
  });
}

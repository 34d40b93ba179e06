import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import open from 'open';

/**
 * Opens a page in the browser that `$BROWSER` names, else in the system's. Resolves once the program that opens it has
 * ended, which may be as late as the browser is closed.
 * @returns why no page was opened: then another way of signing in is needed. Nothing where the program says that it was.
 */
export async function openBrowser(
  url: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  try {
    const named = await startNamedBrowser(url, environment);
    if (named === undefined) {
      const reason = whyNoBrowser(environment);
      if (reason !== undefined) return reason;
    }
    return await outcome(named ?? (await open(url)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Starts the first program of `$BROWSER` that is there: commands with `:` between them, each with its arguments, `%s` being
 * the page (as xdg-open and Python's webbrowser read it). Editors on other computers set it to open the page there.
 */
async function startNamedBrowser(url: string, { BROWSER = '' }: NodeJS.ProcessEnv): Promise<ChildProcess | undefined> {
  if (process.platform === 'win32') return undefined;
  for (const command of BROWSER.split(':').filter(text => text.trim() !== '')) {
    // A path may have blanks in it.
    const [file = '', ...given] = existsSync(command) ? [command] : command.trim().split(/\s+/);
    const filled = given.map(argument => argument.replaceAll('%s', () => url));
    const isFilled = given.some(argument => argument.includes('%s'));
    const browser = spawn(file, isFilled ? filled : [...given, url], { stdio: 'ignore', detached: true });
    browser.unref();
    try {
      await once(browser, 'spawn');
      return browser;
    } catch {
      // It is not there, or is no program: the next one is tried.
    }
  }
  return undefined;
}

function outcome(opener: ChildProcess): Promise<string | undefined> {
  return new Promise(resolve => {
    const settleExit = (code: number | null, signal: NodeJS.Signals | null) =>
      resolve(code === 0 ? undefined : `the browser's opener failed (${code ?? signal})`);
    opener.once('error', error => resolve(error.message));
    opener.once('exit', settleExit);
    // On Windows, `open` resolves when its PowerShell has exited, whatever the exit code: no event follows.
    if (opener.exitCode !== null || opener.signalCode !== null) settleExit(opener.exitCode, opener.signalCode);
  });
}

function whyNoBrowser(environment: NodeJS.ProcessEnv): string | undefined {
  const isWindowless = process.platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY;
  // Windows Subsystem for Linux opens the browser of Windows.
  if (isWindowless && !existsSync('/proc/sys/fs/binfmt_misc/WSLInterop')) return 'this session has no display';
  if (process.platform !== 'linux' && environment.SSH_CONNECTION) return 'this is an SSH session';
  return undefined;
}

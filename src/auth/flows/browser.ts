import { existsSync } from 'node:fs';
import open from 'open';

/**
 * Opens a page in the system browser. Gives the reason when there is none to open: then another way of signing in is
 * needed.
 */
export async function openBrowser(
  url: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const reason = whyNoBrowser(environment);
  if (reason !== undefined) return reason;
  try {
    const opener = await open(url);
    return await outcome(opener);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** How long the opener is watched: what fails does so at once, and what works may stay for as long as the browser. */
const OPENER_FAILS_WITHIN_MS = 1000;

function outcome(opener: Awaited<ReturnType<typeof open>>): Promise<string | undefined> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(undefined), OPENER_FAILS_WITHIN_MS);
    const settle = (reason?: string) => {
      clearTimeout(timer);
      resolve(reason);
    };
    const settleExit = (code: number | null, signal: NodeJS.Signals | null) =>
      settle(code === 0 ? undefined : `the browser's opener failed (${code ?? signal})`);
    opener.once('error', error => settle(error.message));
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

import { parentPort } from 'node:worker_threads';

/** Stands in for the host's `serveCore` while the handlers are looked through: tells what they are and serves nothing. */
export function serveCore(cmdlets: Readonly<Record<string, { readonly complete?: object } | undefined>>): void {
  const handlers = Object.entries(cmdlets).map(([name, cmdlet]) => {
    return { name, completed: Object.keys(cmdlet?.complete ?? {}) };
  });
  parentPort?.postMessage(handlers);
}

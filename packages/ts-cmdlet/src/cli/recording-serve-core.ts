import { parentPort } from 'node:worker_threads';

/** Stands in for the host's `serveCore` while the handlers are looked through: tells their names and serves nothing. */
export function serveCore(cmdlets: object): void {
  parentPort?.postMessage(Object.keys(cmdlets));
}

import { Worker } from 'node:worker_threads';

/** How long the thread stays when nothing runs any more, so that calls in a row share one. */
const IDLE_MS = 5000;

/** Has the work of handlers run while something looks after the process. */
export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A guard that ends this process when its parent is gone, though a handler does not give the event loop back, which then
 * sees no end of the input. It takes a thread, which is there while work is done and no longer: an idle core does without
 * its memory, and a preview, which does no work, without its start.
 */
export function watchParent(parent: number = process.ppid): Guard {
  let running = 0;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  return async work => {
    running += 1;
    clearTimeout(idle);
    worker ??= startThread(parent);
    try {
      return await work();
    } finally {
      running -= 1;
      if (running === 0) {
        idle = setTimeout(() => {
          void worker?.terminate();
          worker = undefined;
        }, IDLE_MS).unref();
      }
    }
  };
}

function startThread(parent: number): Worker {
  // From text, so that a core stays one file.
  const worker = new Worker(`(${endWithParent})(${parent})`, { eval: true, env: {}, execArgv: [] });
  worker.unref();
  // Without it the core still ends with its input, as soon as it reads that.
  worker.on('error', () => {});
  return worker;
}

/** Runs in the thread, from its text alone. On Windows a process keeps the id of a parent that is gone. */
function endWithParent(parent: number): void {
  setInterval(() => {
    try {
      if (process.ppid === parent && process.kill(parent, 0)) return;
    } catch (error) {
      const isThere = !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
      if (isThere) return;
    }
    process.kill(process.pid, 'SIGKILL');
  }, 500);
}

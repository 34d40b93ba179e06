import { Script } from 'node:vm';
import { Worker } from 'node:worker_threads';

/** How long the thread stays when nothing runs any more, so that calls in a row share one. */
const IDLE_MS = 5000;

/** How long a plan may take before something looks after it. */
const QUICK_MS = 1000;

/** How many plans in a row do without the thread: its start costs what it costs to watch a hundred in another way. */
const PLANS_WITHOUT_THREAD = 50;

/** Has what handlers do run while something looks after the process. */
export interface Guard {
  /** Plans, which may be done a second time: a plan acts on nothing. */
  plan<T>(work: () => T): T;
  run<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * A guard that ends this process when its parent is gone, though a handler does not give the event loop back, which then
 * sees no end of the input. It takes a thread, which is there while work is done and no longer: an idle core does without
 * its memory, and a preview, whose plan takes no time, without its start. Where it is, plans are under it too.
 */
export function watchParent(parent: number = process.ppid): Guard {
  let running = 0;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let plans = 0;
  let lastPlan = 0;

  function enter(): void {
    running += 1;
    clearTimeout(idle);
    if (worker !== undefined) return;
    const started = startThread(parent);
    started.on('exit', () => {
      if (worker === started) worker = undefined;
    });
    worker = started;
  }

  /** Counts a plan, and tells whether so many come in a row that the thread is worth its start. */
  function isOneOfMany(): boolean {
    const now = performance.now();
    plans = now - lastPlan < IDLE_MS ? plans + 1 : 1;
    lastPlan = now;
    return plans > PLANS_WITHOUT_THREAD;
  }

  function leave(): void {
    running -= 1;
    if (running > 0) return;
    idle = setTimeout(() => {
      void worker?.terminate();
      worker = undefined;
    }, IDLE_MS).unref();
  }

  return {
    plan(work) {
      const quick = worker === undefined && !isOneOfMany() ? runQuickly(work) : undefined;
      if (quick !== undefined) return quick.result;
      enter();
      try {
        return work();
      } finally {
        leave();
      }
    },
    async run(work) {
      enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

/** A script can be broken off from outside, at the price of a sixth of a millisecond; a function cannot. */
const QUICK_WORK = '__quickWork';
const callQuickWork = new Script(`${QUICK_WORK}()`);

/** Gives what the work gives, or nothing when it took too long and was broken off. Throws what it throws. */
function runQuickly<T>(work: () => T): { readonly result: T } | undefined {
  let done: { readonly result: T } | undefined;
  Reflect.set(globalThis, QUICK_WORK, () => {
    done = { result: work() };
  });
  try {
    callQuickWork.runInThisContext({ timeout: QUICK_MS, displayErrors: false });
  } catch (error) {
    const isBrokenOff = error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    if (!isBrokenOff) throw error;
  } finally {
    Reflect.deleteProperty(globalThis, QUICK_WORK);
  }
  return done;
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

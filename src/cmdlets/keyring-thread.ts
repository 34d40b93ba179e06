import module from 'node:module';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Entry } from '@napi-rs/keyring';

// The keyring's package connects to D-Bus in its constructor and has no time limit, so it would stop this process's event loop
// for as long as a bus is silent. It is asked in a thread, which can be left alone. This file is both sides of that thread.

type Keyring = Pick<typeof import('@napi-rs/keyring'), 'Entry'>;

/** What is done with one entry of the keyring. */
export interface KeyringQuestion {
  /** The package of this platform. */
  readonly package: string;
  /** The name of the entry. */
  readonly name: string;
  readonly action: { readonly kind: 'read' | 'remove' } | { readonly kind: 'write'; readonly secret: Uint8Array };
}

/** A question that is being asked. */
export interface AskedKeyring {
  /** Settles when the keyring has answered a question that no person is needed for. */
  readonly reached: Promise<void>;
  /** The secret that was read; undefined where there is none. Rejects with the keyring's error. */
  readonly answer: Promise<Uint8Array | undefined>;
  /** Whether the keyring has answered, well or badly. */
  hasAnswered(): boolean;
  /** Settles when the thread has ended. It does not keep the process from ending. */
  readonly ended: Promise<void>;
}

type Message =
  | { readonly kind: 'reached' }
  | { readonly kind: 'answer'; readonly secret: Uint8Array | undefined }
  | { readonly kind: 'failure'; readonly reason: string };

const MARK = 'keyring';

/** Asks the keyring in a thread of its own. */
export function askInThread(question: KeyringQuestion): AskedKeyring {
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Uint8Array | undefined>();
  const ended = Promise.withResolvers<void>();
  const thread = new Worker(new URL(import.meta.url), { workerData: { [MARK]: question } });
  let hasAnswered = false;
  thread.unref();
  thread.on('message', (message: Message) => {
    if (message.kind === 'answer') answer.resolve(message.secret);
    if (message.kind === 'failure') answer.reject(new Error(message.reason));
    if (message.kind === 'reached') reached.resolve();
  });
  thread.once('error', answer.reject);
  thread.once('exit', code => {
    answer.reject(new Error(`its thread ended (${code})`));
    ended.resolve();
  });
  const settle = () => {
    hasAnswered = true;
  };
  answer.promise.then(settle, settle);
  answer.promise.catch(reached.reject);
  reached.promise.catch(() => {});
  return { reached: reached.promise, answer: answer.promise, hasAnswered: () => hasAnswered, ended: ended.promise };
}

function answerQuestion({ package: file, name, action }: KeyringQuestion, tell: (message: Message) => void): void {
  const { Entry }: Keyring = module.createRequire(import.meta.url)(file);
  // Without `store` the package falls back to the kernel's keyring in silence, and that one forgets.
  const entryOf = (entry: string) => new Entry('SecMgmt', entry, { linux: { store: 'secret-service' } });
  // Nothing of this name is there to be unlocked. On macOS even that may ask for the Keychain's password.
  if (process.platform === 'linux') entryOf('is anybody there').getSecret();
  tell({ kind: 'reached' });
  tell({ kind: 'answer', secret: carryOut(entryOf(name), action) });
}

function carryOut(entry: Entry, action: KeyringQuestion['action']): Uint8Array | undefined {
  if (action.kind === 'read') {
    const secret = entry.getSecret();
    return secret === null ? undefined : Uint8Array.from(secret);
  }
  if (action.kind === 'write') entry.setSecret(action.secret);
  else entry.deleteCredential();
  return undefined;
}

if (!isMainThread && parentPort !== null && typeof workerData === 'object' && MARK in workerData) {
  const port = parentPort;
  const tell = (message: Message) => port.postMessage(message);
  try {
    answerQuestion(workerData[MARK], tell);
  } catch (error) {
    tell({ kind: 'failure', reason: error instanceof Error ? error.message : String(error) });
  }
}

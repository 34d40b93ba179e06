import { parentPort } from 'node:worker_threads';

type Handlers = Readonly<Record<string, { readonly complete?: object } | undefined>>;

interface Options {
  readonly outputs?: readonly { readonly typeName: string; readonly properties: object }[];
}

/** Stands in for the host's `serveCore` while the handlers are looked through: tells what they are and serves nothing. */
export function serveCore(cmdlets: Handlers, _validators: unknown, { outputs = [] }: Options = {}): void {
  const handlers = Object.entries(cmdlets).map(([name, cmdlet]) => {
    return { name, completed: Object.keys(cmdlet?.complete ?? {}) };
  });
  const declared = outputs.map(({ typeName, properties }) => ({ typeName, properties }));
  // Schemas have members that no message can carry.
  parentPort?.postMessage(JSON.parse(JSON.stringify({ handlers, outputs: declared })));
}

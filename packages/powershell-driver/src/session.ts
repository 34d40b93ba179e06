import path from 'node:path';
import { PowerShell } from 'node-powershell';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { findPowerShell } from './find-powershell.ts';

const Answer = Type.Object({
  output: Type.Optional(Type.Array(Type.Unknown())),
  error: Type.Optional(Type.Object({ message: Type.String(), id: Type.String(), where: Type.String() })),
});

/** A live PowerShell. Dispose of it in `afterAll`: its process ends with it. */
export interface TestShell extends AsyncDisposable {
  /** Runs a script and returns what it outputs, which must be of the schema. The script's first error is thrown. */
  run<T extends TSchema>(schema: T, script: string): Promise<Static<T>[]>;
  /** What scripts have put straight on the screen beside their output, such as previews. */
  readonly screen: readonly string[];
  /** Runs a script and returns what a user would see on the screen, without colours. */
  show(script: string): Promise<string>;
}

/** Starts a PowerShell, with `environment` in its environment, and imports a module when given one's path. */
export async function startShell(modulePath?: string, environment: NodeJS.ProcessEnv = {}): Promise<TestShell> {
  const executable = await findPowerShell();
  const shell = new PowerShell({
    executable,
    executableOptions: { '-NoProfile': true, '-NonInteractive': true },
    // Whatever a test does not mean to reach goes to a port that nobody listens on.
    spawnOptions: { env: { ...process.env, HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '', ...environment } },
  });
  await shell.invoke(`. ${quote(path.join(import.meta.dirname, 'session.ps1'))}`);
  if (modulePath !== undefined) {
    await shell.invoke(`Import-Module ${quote(modulePath)}`);
  }
  const screen: string[] = [];
  return {
    screen,
    async run(schema, script) {
      const { raw } = await shell.invoke(`Invoke-TestScript '${Buffer.from(script).toString('base64')}'`);
      const lines = raw.trimEnd().split(/\r?\n/);
      screen.push(...lines.slice(0, -1));
      const answer = Value.Parse(Answer, JSON.parse(Buffer.from(lines.at(-1) ?? '', 'base64').toString()));
      if (answer.error) {
        const { id, message, where } = answer.error;
        throw new Error(`${id}: ${message}\n${where}`);
      }
      return Value.Parse(Type.Array(schema), answer.output);
    },
    async show(script) {
      return (await shell.invoke(script)).raw;
    },
    async [Symbol.asyncDispose]() {
      await shell.dispose();
    },
  };
}

/** A PowerShell literal. The tests' own, so that they do not trust the generator's. */
export function quote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201A\u201B]/g, quoteMark => quoteMark + quoteMark)}'`;
}

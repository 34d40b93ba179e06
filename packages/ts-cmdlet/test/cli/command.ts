import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** The real command, as a child process is started with it. */
export const commandFile = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** How a run of the command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command in a folder and waits for its end. Only what a test names decides about colours. `launcher` is a
 * program with arguments of its own, which starts the command.
 */
export async function runCommand(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
  launcher: readonly string[] = [],
): Promise<CommandResult> {
  const [program = process.execPath, ...rest] = [...launcher, process.execPath, commandFile, ...args];
  const child = spawn(program, rest, {
    cwd,
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = async (stream: AsyncIterable<unknown>) => {
    let text = '';
    for await (const piece of stream) text += String(piece);
    return text;
  };
  const code = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [stdout, stderr] = await Promise.all([
    read(child.stdout.setEncoding('utf8')),
    read(child.stderr.setEncoding('utf8')),
  ]);
  return { code: await code, stdout, stderr };
}

/** The environment without what says something about colours. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...environment } = process.env;
  return environment;
}

/** What docs/authoring.md says that `--json` writes, and no more. */
const closed = { additionalProperties: false } as const;
const Finding = Type.Object(
  {
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
    code: Type.String(),
    file: Type.String(),
    line: Type.Integer({ minimum: 1 }),
    message: Type.String(),
    expected: Type.String(),
    data: Type.Optional(
      Type.Object(
        {
          parameters: Type.Optional(Type.Array(Type.String())),
          sets: Type.Optional(Type.Array(Type.String())),
          members: Type.Array(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);
const Kind = Type.Union([Type.Literal('missing'), Type.Literal('different'), Type.Literal('stale')]);
const Report = Type.Object(
  {
    command: Type.Union(['new', 'build', 'check', 'watch'].map(name => Type.Literal(name))),
    ok: Type.Boolean(),
    module: Type.Optional(Type.String()),
    changed: Type.Optional(Type.Array(Type.Object({ path: Type.String(), kind: Kind }, closed))),
    created: Type.Optional(Type.Array(Type.String())),
    diagnostics: Type.Array(Finding),
  },
  closed,
);

/** Reads what `--json` writes at the end of one piece of work. */
export function readReport(line: string): Static<typeof Report> {
  return Value.Parse(Report, JSON.parse(line));
}

/** A module as `new` makes it, in a folder of its name in a temporary one. */
export interface SampleProject extends AsyncDisposable {
  /** The folder that the command is run in. */
  readonly cwd: string;
  file(name: string): string;
  read(name: string): Promise<string>;
  /** Changes a file of the module: `from` must be in it. */
  edit(name: string, from: string, to: string): Promise<void>;
  /** Installs a package for the module: its files by name; `package.json` gets the name and a version. */
  install(name: string, files: Readonly<Record<string, string>>, manifest?: object): Promise<void>;
  copy(): Promise<SampleProject>;
}

/** Has the command make a module. */
export async function newSample(name = 'Sample'): Promise<SampleProject> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-'));
  const { code, stderr } = await runCommand(['new', name], cwd);
  if (code !== 0) throw new Error(stderr);
  return sampleIn(cwd, name);
}

function sampleIn(cwd: string, sample: string): SampleProject {
  const file = (name: string) => path.join(cwd, sample, ...name.split('/'));
  return {
    cwd,
    file,
    read: name => readFile(file(name), 'utf8'),
    async edit(name, from, to) {
      const text = await readFile(file(name), 'utf8');
      if (!text.includes(from)) throw new Error(`${name} does not have: ${from}`);
      await writeFile(
        file(name),
        text.replace(from, () => to),
      );
    },
    async install(name, files, manifest = {}) {
      const folder = file(`node_modules/${name}`);
      await mkdir(folder, { recursive: true });
      const all = {
        ...files,
        'package.json': JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...manifest }),
      };
      for (const [each, content] of Object.entries(all)) await writeFile(path.join(folder, each), content);
    },
    async copy() {
      const other = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-'));
      await cp(path.join(cwd, sample), path.join(other, sample), { recursive: true, verbatimSymlinks: true });
      return sampleIn(other, sample);
    },
    [Symbol.asyncDispose]: () => rm(cwd, { recursive: true, force: true }),
  };
}

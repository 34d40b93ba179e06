import type { CommandHelp } from '../help/model.ts';

/** A file of TypeScript, with its path in the project. */
export interface SourceFile {
  readonly path: string;
  readonly content: string;
}

/** Writes a handler for each cmdlet, which ends with NotImplemented until its author writes it, and the entry that has them all. */
export function handlerStubs(helps: readonly Pick<CommandHelp, 'name'>[]): SourceFile[] {
  return [
    { path: 'main.ts', content: entry(helps.map(({ name }) => name)) },
    ...helps.map(({ name }) => ({ path: `cmdlets/${name}.ts`, content: stub(name) })),
  ];
}

function entry(names: readonly string[]): string {
  const imports = names.map(name => `import { ${handlerName(name)} } from './cmdlets/${name}.ts';`);
  const members = names.map(name => `  '${name}': ${handlerName(name)},`);
  return `import { type Cmdlets, serveCore } from 'ts-cmdlet';
${imports.join('\n')}
import type { CmdletParameters } from './generated/index.ts';
import { parameterValidators } from './generated/parameter-validators.ts';

// The entry of the module's core. A cmdlet of the help without a handler here ends with NotImplemented; the build warns of it.

const cmdlets: Cmdlets<CmdletParameters> = {
${members.join('\n')}
};

serveCore(cmdlets, parameterValidators);
`;
}

/** The folder of the generated types, from the folder of the stubs on. */
const TYPES = '../generated';

function stub(name: string): string {
  const type = `${name.replaceAll('-', '')}Parameters`;
  return `import { defineCmdlet, notImplemented, type Plan } from 'ts-cmdlet';
import type { ${type} } from '${TYPES}/${name}.ts';

/** ${name}. \`plan\` decides, with nothing to act with; \`run\` acts. */
export const ${handlerName(name)} = defineCmdlet<${type}, Plan>({
  plan() {
    throw notImplemented('${name}');
  },
  async run() {},
});
`;
}

/** `Get-Thing` is `getThing`, with `Cmdlet` behind what TypeScript keeps for itself. */
function handlerName(name: string): string {
  const joined = name.replaceAll('-', '');
  const camel = joined.charAt(0).toLowerCase() + joined.slice(1);
  return name.includes('-') ? camel : `${camel}Cmdlet`;
}

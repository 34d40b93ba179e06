import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CompletedParameters } from '../generate/completers.ts';
import type { DeclaredOutput } from '../generate/declared-outputs.ts';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { finding } from './findings.ts';
import { readHandlerNames } from './handler-names.ts';
import { type ModuleProject, shownPath } from './module-project.ts';

/** What is known of a module's handlers. */
export interface CheckedHandlers {
  readonly diagnostics: readonly HelpDiagnostic[];
  /** The parameters that they complete; absent where they cannot be loaded. */
  readonly completed?: CompletedParameters;
  /** The types of objects that they declare. */
  readonly outputs?: readonly DeclaredOutput[];
}

/** Looks for cmdlets of the help without a handler, and for the reverse. `commands` are the cmdlets of the help. */
export async function checkHandlers(
  project: ModuleProject,
  commands: readonly string[],
  externalPackages: readonly string[],
): Promise<CheckedHandlers> {
  const { names, completed = {}, outputs = [], diagnostics } = await readHandlerNames(project, externalPackages);
  if (names === undefined) return { diagnostics };
  const entry = shownPath(project.entry);
  const lines = (await readFile(project.entry, 'utf8')).split('\n');
  const missing = commands
    .filter(name => !names.includes(name))
    .map((name): HelpDiagnostic => {
      const at = { file: helpPage(project, name) };
      const message = `${name} has no handler: each call of it ends with NotImplemented`;
      const missing = finding('handler-missing', at, message, `Add '${name}' to the cmdlets in ${entry}`);
      return { ...missing, severity: 'warning' };
    });
  const unknown = names
    .filter(name => !commands.includes(name))
    .map(name => {
      const line = lines.findIndex(text => text.includes(name)) + 1;
      const expected = `Expected one of ${commands.join(', ')}; write ${shownPath(project.help)}/${name}.md, or remove the handler`;
      return finding(
        'handler-without-help',
        { file: entry, line: line || 1 },
        `${name} has a handler and no help`,
        expected,
      );
    });
  const known = Object.entries(completed).filter(([name]) => commands.includes(name));
  return { diagnostics: [...diagnostics, ...missing, ...unknown], completed: Object.fromEntries(known), outputs };
}

/** PlatyPS names a page by its cmdlet. */
function helpPage({ help }: ModuleProject, name: string): string {
  const page = path.join(help, `${name}.md`);
  return shownPath(existsSync(page) ? page : help);
}

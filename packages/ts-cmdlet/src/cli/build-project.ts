import path from 'node:path';
import { writeModule } from '../build/build-module.ts';
import { type Difference, writeFiles } from '../generate/write-files.ts';
import { type HelpDiagnostic, hasErrors } from '../help/diagnostic.ts';
import { checkHandlers } from './check-handlers.ts';
import { faultFinding } from './findings.ts';
import { generateProject } from './generate-project.ts';
import { type ModuleProject, shownPath } from './module-project.ts';
import { checkTypes } from './type-check.ts';

/** What a build did, or why it did nothing. */
export interface BuildOutcome {
  /** The module's folder, as shown; absent where there were errors. */
  readonly module?: string;
  /** Generated files that were written or removed, as shown. */
  readonly changed: readonly Difference[];
  readonly diagnostics: readonly HelpDiagnostic[];
}

/** Told what is being done, in a few words. */
export type OnStep = (step: string) => void;

/**
 * Builds a module. With an error in the help or the settings nothing is written. With one in the handlers the generated
 * types are, because the handlers are mended by them; the module's folder stays as it is. So it does when there is no room
 * for all of it. Where it `isStrict`, a warning is as good as an error.
 */
export async function buildProject(
  project: ModuleProject,
  onStep: OnStep = () => {},
  isStrict = false,
): Promise<BuildOutcome> {
  const changed: Difference[] = [];
  const diagnostics: HelpDiagnostic[] = [];
  try {
    const module = await build(project, onStep, changed, diagnostics, isStrict);
    return { ...(module !== undefined && { module }), changed, diagnostics };
  } catch (error) {
    return { changed, diagnostics: [...diagnostics, faultFinding(error, project)] };
  }
}

/** Gives the module's folder, or nothing where there are errors among the diagnostics that it adds. */
async function build(
  project: ModuleProject,
  onStep: OnStep,
  changed: Difference[],
  diagnostics: HelpDiagnostic[],
  isStrict: boolean,
): Promise<string | undefined> {
  onStep('Reading the help');
  const { output, diagnostics: found } = await generateProject(project);
  diagnostics.push(...found);
  if (output === undefined) return undefined;
  const { folder, types, commands, externalPackages } = output;
  changed.push(...shown(project.types, await writeFiles(project.types, types)));

  onStep('Checking the handlers');
  const handlers = await checkHandlers(project, commands, externalPackages);
  const { completed = {}, outputs = [] } = handlers;
  diagnostics.push(...handlers.diagnostics, ...output.checkOutputs(outputs, shownPath(project.entry)));
  if (!hasErrors(diagnostics)) diagnostics.push(...(await checkTypes(project)));
  if (hasErrors(diagnostics) || (isStrict && diagnostics.length > 0)) return undefined;

  onStep('Bundling the core');
  const module = output.moduleOf(outputs, completed);
  changed.push(...shown(folder, await writeModule(project, { ...output, module })));
  return shownPath(folder);
}

function shown(folder: string, differences: readonly Difference[]): Difference[] {
  return differences.map(({ kind, path: file }) => ({ kind, path: shownPath(path.join(folder, file)) }));
}

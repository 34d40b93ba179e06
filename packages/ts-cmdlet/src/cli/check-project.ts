import { existsSync } from 'node:fs';
import { type HelpDiagnostic, hasErrors } from '../help/diagnostic.ts';
import type { OnStep } from './build-project.ts';
import { checkHandlers } from './check-handlers.ts';
import { findDrift } from './drift.ts';
import { faultFinding } from './findings.ts';
import { generateProject } from './generate-project.ts';
import { type ModuleProject, shownPath } from './module-project.ts';
import { checkTypes } from './type-check.ts';

/**
 * Looks for everything that keeps a module from being what its help says: findings in the help and the settings, generated
 * files that have drifted from them, and handlers that do not fit. Writes nothing. A module's folder that is not there is
 * not compared: it may be built elsewhere.
 */
export async function checkProject(
  project: ModuleProject,
  onStep: OnStep = () => {},
): Promise<readonly HelpDiagnostic[]> {
  try {
    return await check(project, onStep);
  } catch (error) {
    return [faultFinding(error, project)];
  }
}

async function check(project: ModuleProject, onStep: OnStep): Promise<readonly HelpDiagnostic[]> {
  onStep('Reading the help');
  const { output, diagnostics } = await generateProject(project);
  if (output === undefined) return diagnostics;
  const typesDrift = await findDrift(project.types, output.types);
  onStep('Checking the handlers');
  const found = await checkHandlers(project, output.commands, output.externalPackages);
  const { completed, outputs = [] } = found;
  const handlers = [...found.diagnostics, ...output.checkOutputs(outputs, shownPath(project.entry))];
  const drift = existsSync(output.folder) ? await findDrift(output.folder, output.moduleOf(outputs, completed)) : [];
  // What the handlers add, nobody knows where they cannot be loaded.
  const isTheirs = (file: string) => /\.(psm1|psd1|types\.ps1xml)$/.test(file);
  const moduleDrift = completed === undefined ? drift.filter(({ file }) => !isTheirs(file)) : drift;

  // Types of another help would have TypeScript complain of what the drift says already.
  const canCheckTypes = typesDrift.length === 0 && !hasErrors(handlers);
  const types = canCheckTypes ? await checkTypes(project) : [];
  return [...diagnostics, ...typesDrift, ...moduleDrift, ...handlers, ...types];
}

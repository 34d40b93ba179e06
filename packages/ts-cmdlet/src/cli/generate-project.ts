import { type BuildOutput, generate } from '../build/build-module.ts';
import { GenerateError } from '../generate/generate-error.ts';
import { readModuleHelp } from '../generate/module-help.ts';
import { type HelpDiagnostic, HelpError } from '../help/diagnostic.ts';
import { finding } from './findings.ts';
import { type ModuleProject, shownPath } from './module-project.ts';

/** What the help and the settings give; `output` is absent where they have errors. */
export interface Generated {
  readonly output?: BuildOutput;
  readonly diagnostics: readonly HelpDiagnostic[];
}

/** Makes everything generated, in memory, and tells all that is wrong or doubtful with the help and the settings. */
export async function generateProject(project: ModuleProject): Promise<Generated> {
  try {
    const output = await generate(project);
    return { output, diagnostics: output.warnings };
  } catch (error) {
    if (error instanceof HelpError) return { diagnostics: error.diagnostics };
    if (error instanceof GenerateError)
      return { diagnostics: [...error.diagnostics, ...(await besideSettings(error, project))] };
    if (error instanceof Error && 'path' in error && 'code' in error && error.code === 'ENOENT') {
      const settings = { file: shownPath(project.settings) };
      const message = `${shownPath(String(error.path))} does not exist`;
      return {
        diagnostics: [finding('file-missing', settings, message, 'Expected each file of hostFunctions beside it')],
      };
    }
    throw error;
  }
}

/** Settings of no valid shape keep the help from being read; its findings are wanted all the same. */
async function besideSettings(
  { diagnostics }: GenerateError,
  { help }: ModuleProject,
): Promise<readonly HelpDiagnostic[]> {
  const areSettingsInvalid = diagnostics.some(({ code }) => code === 'settings-invalid');
  return areSettingsInvalid ? (await readModuleHelp(help)).diagnostics : [];
}

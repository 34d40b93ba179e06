// The command as a library.
export { WriteError } from '../generate/replace-files.ts';
export { formatDiagnostic, type HelpDiagnostic, hasErrors } from '../help/diagnostic.ts';
export { type BuildOutcome, buildProject, type OnStep } from './build-project.ts';
export { checkProject } from './check-project.ts';
export { findModuleProject, type ModuleProject, type ProjectFolders } from './module-project.ts';
export { type CreatedModule, createModule } from './new-module.ts';
export { UsageError } from './usage-error.ts';
export { waitForChange } from './wait-for-change.ts';

import path from 'node:path';
import { type BuildPaths, buildModule } from '../src/build/build-module.ts';
import { GenerateError } from '../src/generate/generate-error.ts';
import { formatDiagnostic, HelpError } from '../src/help/diagnostic.ts';

const root = path.join(import.meta.dirname, '..');

/** The paths of this repository's own module. */
export const ownPaths: BuildPaths = {
  help: path.join(root, 'help'),
  settings: path.join(root, 'src', 'cmdlets', 'module.json'),
  entry: path.join(root, 'src', 'cmdlets', 'main.ts'),
  hostSpecifier: '../../host/index.ts',
  types: path.join(root, 'src', 'cmdlets', 'generated'),
  modules: path.join(root, 'module'),
};

if (import.meta.main) {
  try {
    const { folder, changed, warnings } = await buildModule(ownPaths);
    for (const warning of warnings) console.error(formatDiagnostic(warning));
    for (const { kind, path: file } of changed) console.log(`${kind}: ${file}`);
    console.log(`Built ${path.relative(process.cwd(), folder) || folder}.`);
  } catch (error) {
    if (!(error instanceof HelpError || error instanceof GenerateError)) throw error;
    for (const diagnostic of error.diagnostics) console.error(formatDiagnostic(diagnostic));
    process.exitCode = 1;
  }
}

import path from 'node:path';
import { defineCommand } from 'citty';
import { findPackage } from '../build/find-package.ts';
import { WriteError } from '../generate/replace-files.ts';
import { RUNTIME_PACKAGE } from '../generate/runtime-package.ts';
import { type HelpDiagnostic, hasErrors } from '../help/diagnostic.ts';
import { buildProject } from './build-project.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
import { finding, writeFailed } from './findings.ts';
import { findModuleProject, shownPath } from './module-project.ts';
import { createModule } from './new-module.ts';
import { createReporter } from './reporter.ts';
import { strictArguments } from './strict-arguments.ts';

/** `new`: a module to start from, built once. */
export const newCommand = defineCommand({
  meta: {
    name: `${COMMAND_NAME} new`,
    description: 'Writes a module to start from into an empty folder, and builds it',
  },
  args: {
    name: { type: 'positional', required: true, description: 'The name of the module, such as Contoso.Tools.' },
    folder: { type: 'positional', required: false, description: 'Where it goes. By default a folder of its name.' },
    from: {
      type: 'string',
      required: false,
      description: 'A folder of PlatyPS help: the module has a stub for each of its cmdlets.',
      valueHint: 'folder',
    },
    json: { type: 'boolean', default: false, description: 'Write JSON to stdout: one object on a line.' },
  },
  plugins: [strictArguments],
  async run({ args }) {
    const reporter = createReporter(args.json);
    const root = path.resolve(args.folder ?? args.name);
    const created = await createModule(args.name, root, args.from).catch((error: unknown) => {
      if (error instanceof WriteError) return writeFailed(error);
      throw error;
    });
    if ('code' in created) {
      reporter.finish({ command: 'new', ok: false, created: [], diagnostics: [created] }, 'Nothing was created.');
      return ExitCode.findings;
    }
    const place = `Created ${args.name} in ${shownPath(root)}.`;
    const { files, whyNotLinked } = created;
    // The folder above may have the package installed.
    if (whyNotLinked !== undefined && findPackage(RUNTIME_PACKAGE, root) === undefined) {
      const diagnostics = [notLinked(root, whyNotLinked)];
      reporter.finish({ command: 'new', ok: false, created: files, diagnostics }, `${place} It was not built.`);
      return ExitCode.findings;
    }
    const { module, changed, diagnostics } = await buildProject(findModuleProject({ root }), reporter.step);
    const ok = module !== undefined && !hasErrors(diagnostics);
    const report = {
      command: 'new',
      ok,
      ...(module !== undefined && { module }),
      changed,
      created: files,
      diagnostics,
    } as const;
    reporter.finish(
      report,
      ok ? `${place} Try: Import-Module ${powerShellPath(module)}` : `${place} It was not built.`,
    );
    return ok ? ExitCode.done : ExitCode.findings;
  },
});

function notLinked(root: string, reason: string): HelpDiagnostic {
  const file = shownPath(path.join(root, 'package.json'));
  const message = `The package ${RUNTIME_PACKAGE} cannot be linked into node_modules: ${reason}`;
  const remedy = `Run npm install --install-links in ${shownPath(root)}, then npm run build`;
  return finding('package-not-linked', { file }, message, remedy);
}

/** A path for a PowerShell command line: without `./` PowerShell would look for a module of that name. */
function powerShellPath(shown: string): string {
  const file = path.isAbsolute(shown) ? shown : `./${shown}`;
  return /^[\w./:-]+$/.test(file) ? file : `'${file.replace(/['\u2018\u2019\u201A\u201B]/g, quote => quote + quote)}'`;
}

import path from 'node:path';
import { defineCommand } from 'citty';
import { hasErrors } from '../help/diagnostic.ts';
import { buildProject } from './build-project.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
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
    json: { type: 'boolean', default: false, description: 'Write JSON to stdout: one object on a line.' },
  },
  plugins: [strictArguments],
  async run({ args }) {
    const reporter = createReporter(args.json);
    const root = path.resolve(args.folder ?? args.name);
    const created = await createModule(args.name, root);
    const { module, changed, diagnostics } = await buildProject(findModuleProject({ root }), reporter.step);
    const ok = module !== undefined && !hasErrors(diagnostics);
    const report = {
      command: 'new',
      ok,
      ...(module !== undefined && { module }),
      changed,
      created,
      diagnostics,
    } as const;
    reporter.finish(report, `Created ${args.name} in ${shownPath(root)}. Try: Import-Module ${module ?? ''}`);
    return ok ? ExitCode.done : ExitCode.findings;
  },
});

import { defineCommand } from 'citty';
import { hasErrors } from '../help/diagnostic.ts';
import { checkProject } from './check-project.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
import { projectArguments, projectOf, strictArgument } from './project-arguments.ts';
import { createReporter } from './reporter.ts';
import { strictArguments } from './strict-arguments.ts';

/** `check`: finds what is wrong and writes nothing, for CI. */
export const checkCommand = defineCommand({
  meta: {
    name: `${COMMAND_NAME} check`,
    description: 'Looks for errors in the help, drift from it, and handlers that do not fit; writes nothing',
  },
  args: { ...projectArguments, ...strictArgument },
  plugins: [strictArguments],
  async run({ args }) {
    const reporter = createReporter(args.json);
    const diagnostics = await checkProject(projectOf(args), reporter.step);
    const ok = !hasErrors(diagnostics) && !(args.strict && diagnostics.length > 0);
    reporter.finish({ command: 'check', ok, diagnostics }, ok ? 'All is as the help says.' : 'Check failed.');
    return ok ? ExitCode.done : ExitCode.findings;
  },
});

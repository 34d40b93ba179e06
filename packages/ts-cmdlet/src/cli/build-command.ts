import { defineCommand } from 'citty';
import { buildProject } from './build-project.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
import { projectArguments, projectOf, strictArgument } from './project-arguments.ts';
import { buildReport, createReporter } from './reporter.ts';
import { strictArguments } from './strict-arguments.ts';

/** `build`: makes the module's folder. */
export const buildCommand = defineCommand({
  meta: { name: `${COMMAND_NAME} build`, description: "Makes the module's folder from its help and its handlers" },
  args: { ...projectArguments, ...strictArgument },
  plugins: [strictArguments],
  async run({ args }) {
    const reporter = createReporter(args.json);
    const outcome = await buildProject(projectOf(args), reporter.step, args.strict);
    const [report, summary] = buildReport('build', outcome);
    reporter.finish(report, summary);
    return report.ok ? ExitCode.done : ExitCode.findings;
  },
});

import { defineCommand } from 'citty';
import { buildProject } from './build-project.ts';
import { COMMAND_NAME } from './command-name.ts';
import { ExitCode } from './exit-codes.ts';
import { projectArguments, projectOf } from './project-arguments.ts';
import { buildReport, createReporter } from './reporter.ts';
import { strictArguments } from './strict-arguments.ts';
import { waitForChange } from './wait-for-change.ts';

/** `watch`: builds now, and again whenever the help or the sources change, until Ctrl+C. */
export const watchCommand = defineCommand({
  meta: { name: `${COMMAND_NAME} watch`, description: 'Builds, and builds again on each change, until Ctrl+C' },
  args: projectArguments,
  plugins: [strictArguments],
  async run({ args }) {
    const project = projectOf(args);
    const reporter = createReporter(args.json);
    const stopped = new AbortController();
    // A build that runs is ended first: it takes a second, and leaves no half of a module.
    process.once('SIGINT', () => stopped.abort());
    for (let isChanged = true; isChanged; ) {
      const change = waitForChange(project, stopped.signal);
      const [report, summary] = buildReport('watch', await buildProject(project, reporter.step));
      reporter.finish(report, summary);
      reporter.step('Waiting for a change, until Ctrl+C');
      isChanged = await change;
    }
    reporter.clear();
    return ExitCode.done;
  },
});

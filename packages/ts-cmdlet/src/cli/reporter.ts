import type { Difference } from '../generate/write-files.ts';
import { formatDiagnostic, type HelpDiagnostic, hasErrors } from '../help/diagnostic.ts';
import { isFancy, paint } from './terminal.ts';

/** The end of one piece of work, as `--json` writes it: one object on a line of its own. */
export interface Report {
  readonly command: 'new' | 'build' | 'check' | 'watch';
  readonly ok: boolean;
  /** The module's folder, where it was built. */
  readonly module?: string;
  /** Generated files that were written or removed. */
  readonly changed?: readonly Difference[];
  /** The files of a new module. */
  readonly created?: readonly string[];
  readonly diagnostics: readonly HelpDiagnostic[];
}

/** Shows how work goes and how it ended. */
export interface Reporter {
  /** What is being done; seen on a terminal while it is. */
  step(text: string): void;
  /** Takes the step from the terminal. */
  clear(): void;
  /** The end: findings go to stderr and `summary` to stdout, or the report does as JSON. */
  finish(report: Report, summary: string): void;
}

/** A reporter for machines: JSON on stdout, nothing else. */
const jsonReporter: Reporter = {
  step() {},
  clear() {},
  finish: report => void process.stdout.write(`${JSON.stringify(report)}\n`),
};

const eraseLine = '\r\u001B[2K';

/** A reporter for people: with progress and colours where stderr is a terminal, plain lines where it is not. */
const textReporter: Reporter = {
  step(text) {
    if (isFancy(process.stderr)) process.stderr.write(`${eraseLine}${paint('dim', `${text} …`, process.stderr)}`);
  },
  clear() {
    if (isFancy(process.stderr)) process.stderr.write(eraseLine);
  },
  finish({ ok, diagnostics }, summary) {
    textReporter.clear();
    for (const line of linesOf(diagnostics)) process.stderr.write(`${line}\n`);
    const counts = countFindings(diagnostics);
    const line = [summary, ...(counts === '' ? [] : [counts])].join(' ');
    process.stdout.write(`${paint(ok ? 'green' : 'red', line, process.stdout)}\n`);
  },
};

export function createReporter(json: boolean): Reporter {
  return json ? jsonReporter : textReporter;
}

/** How many findings of one kind a terminal shows; `--json` has all. */
const MOST_OF_ONE_KIND = 10;

/** Each finding on a line; of one kind the first alone, and in place of the rest how many there are. */
function linesOf(diagnostics: readonly HelpDiagnostic[]): string[] {
  const kind = ({ severity, code }: HelpDiagnostic) => `${severity} ${code}`;
  const kinds = Map.groupBy(diagnostics, kind);
  return diagnostics.flatMap(diagnostic => {
    const same = kinds.get(kind(diagnostic)) ?? [];
    const index = same.indexOf(diagnostic);
    if (index < MOST_OF_ONE_KIND || same.length === MOST_OF_ONE_KIND + 1) return [coloured(diagnostic)];
    if (index > MOST_OF_ONE_KIND) return [];
    return [`... and ${same.length - MOST_OF_ONE_KIND} more of ${kind(diagnostic)}; --json has all.`];
  });
}

function coloured(diagnostic: HelpDiagnostic): string {
  const text = formatDiagnostic(diagnostic);
  const place = `${diagnostic.file}:${diagnostic.line}:`;
  const start = `${place} ${diagnostic.severity}`;
  if (!text.startsWith(start)) return text;
  const colour = diagnostic.severity === 'error' ? 'red' : 'yellow';
  return `${paint('bold', place, process.stderr)} ${paint(colour, diagnostic.severity, process.stderr)}${text.slice(start.length)}`;
}

/** Such as `2 errors, 1 warning.`; empty where there are none. */
function countFindings(diagnostics: readonly HelpDiagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const counts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  return counts.length === 0 ? '' : `${counts.join(', ')}.`;
}

/** The report of a build, and its summary. */
export function buildReport(
  command: 'build' | 'watch',
  {
    module,
    changed,
    diagnostics,
  }: { module?: string; changed: readonly Difference[]; diagnostics: readonly HelpDiagnostic[] },
): [Report, string] {
  if (module === undefined || hasErrors(diagnostics)) {
    return [{ command, ok: false, changed, diagnostics }, 'Not built.'];
  }
  const files = `${changed.length} generated ${changed.length === 1 ? 'file' : 'files'} changed`;
  return [{ command, ok: true, module, changed, diagnostics }, `Built ${module}: ${files}.`];
}

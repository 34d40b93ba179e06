import { findModuleProject, type ModuleProject } from './module-project.ts';

/** The arguments by which a command finds a module's sources. */
export const projectArguments = {
  folder: {
    type: 'positional',
    default: '.',
    description: "The module's project: the folder with its help, its sources and its package.json.",
  },
  source: {
    type: 'string',
    default: '.',
    description: 'The folder of module.json and main.ts, in the project.',
    valueHint: 'folder',
  },
  'help-folder': {
    type: 'string',
    default: 'help',
    description: 'The folder of the Markdown help, in the project.',
    valueHint: 'folder',
  },
  out: {
    type: 'string',
    default: 'module',
    description: "Where the module's folder goes, in the project.",
    valueHint: 'folder',
  },
  json: { type: 'boolean', default: false, description: 'Write JSON to stdout: one object on a line.' },
} as const;

/** Whether warnings are as good as errors. */
export const strictArgument = {
  strict: { type: 'boolean', default: false, description: 'Fail on warnings too.' },
} as const;

/** Finds the module that the arguments name; throws a `UsageError`. */
export function projectOf(args: { folder: string; source: string; 'help-folder': string; out: string }): ModuleProject {
  return findModuleProject({ root: args.folder, source: args.source, helpFolder: args['help-folder'], out: args.out });
}

import type { CommandHelp } from '../../src/help/model.ts';

/** The model without what a page's layout decides: the file and the lines. */
export function comparable(help: CommandHelp): unknown {
  return withoutLines({ ...help, file: '' });
}

/**
 * The same for pages of two schemas, where one yaml block may be several entries, and the brackets of a switch tell
 * whether it is required in one schema alone.
 */
export function comparableAcrossSchemas(help: CommandHelp): unknown {
  return withoutLines({
    ...help,
    file: '',
    schemaVersion: '',
    syntax: help.syntax.map(item => ({
      ...item,
      parameters: item.parameters.map(({ isRequired, ...rest }) =>
        rest.type === undefined ? rest : { ...rest, isRequired },
      ),
    })),
    parameters: help.parameters.map(parameter => ({
      ...parameter,
      blocks: parameter.blocks.flatMap(block => block.parameterSets.map(set => ({ ...block, parameterSets: [set] }))),
    })),
  });
}

/** A module page or a topic without the file and the lines. */
export function withoutPlace<T extends object>(model: T | undefined): unknown {
  return withoutLines({ ...model, file: '' });
}

function withoutLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLines);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'line')
      .map(([key, entry]) => [key, withoutLines(entry)]),
  );
}

import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

// Node.js applies source maps by itself with --enable-source-maps, but reads them when a script is loaded: for a core of 2.5 MB that
// is 20 ms of its start. So a map is read when a stack is shown.

/**
 * A stack, or text with stacks in it, whose places in the core's scripts are those of the sources that a build bundled: by
 * the maps beside the scripts. A place that no map has stays as it is, and so does one in a package.
 */
export function withSourcePlaces(stack: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  return stack.replaceAll(
    /(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/g,
    (place, script: string, line: string, column: string) => {
      if (!maps.has(script)) maps.set(script, readMap(script));
      const origin = maps.get(script)?.findOrigin(Number(line), Number(column));
      // Of a package the map has the beginning alone (source-maps.ts).
      if (origin === undefined || !('fileName' in origin) || /(^|\/)node_modules\//.test(origin.fileName)) return place;
      return `${sourceName(origin.fileName, script)}:${origin.lineNumber}:${origin.columnNumber}`;
    },
  );
}

function readMap(script: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${script}.map`), 'utf8')));
  } catch {
    // There is none, or it is not what the build wrote: the stack is told as it is.
    return undefined;
  }
}

/** A source's full path where it is there, as beside a build; at a user's, the path that it has in its project. */
function sourceName(source: string, script: string): string {
  const file = fileURLToPath(new URL(source, script));
  return existsSync(file) ? file : source.replace(/^(\.\.\/)+/, '');
}

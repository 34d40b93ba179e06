import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'builtin-module';

/**
 * An esbuild plugin that takes of Node.js's own modules what the sources import of them. For an `import` of one, Node.js makes an
 * ES module and reads all that it exports: `node:util` alone loads a differ, colors and a terminal's streams. That is a third of
 * what a core's start takes.
 */
export function builtinModules(): Plugin {
  return {
    name: NAMESPACE,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) =>
        kind === 'import-statement' && isBuiltin(path) ? { path, namespace: NAMESPACE } : undefined,
      );
      onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({ contents: moduleOf(path) }));
    },
  };
}

/** Modules whose exports are functions, and load much else that a start needs nothing of: these load the reading of lines. */
const LOADED_LATER = new Set(['fs/promises', 'node:fs/promises']);

/** A script whose exports esbuild leaves out where nothing imports them: what is marked as pure does nothing else. */
function moduleOf(name: string): string {
  const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter(isExportable);
  return [
    `const builtin = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});`,
    'export default builtin;',
    ...names.map(each =>
      LOADED_LATER.has(name) && each !== 'constants'
        ? `export const ${each} = (...given) => process.getBuiltinModule(${JSON.stringify(name)}).${each}(...given);`
        : `export const ${each} = /* @__PURE__ */ (() => builtin.${each})();`,
    ),
  ].join('\n');
}

/** Names such as `default` and `delete` cannot be declared; none of these modules exports another reserved word. */
function isExportable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default' && name !== 'delete' && name !== 'builtin';
}

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

/**
 * Modules that load much else, which a start needs nothing of: these load the reading of lines. Their exports are functions,
 * and `constants`, which is the same as that of the module that is named.
 */
const LOADED_LATER = new Map([['fs/promises', 'fs']]);

/** A script whose exports esbuild leaves out where nothing imports them: what is marked as pure does nothing else. */
function moduleOf(name: string): string {
  const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter(isExportable);
  const constantsFrom = LOADED_LATER.get(name.replace(/^node:/, ''));
  const find = (builtin: string) => `process.getBuiltinModule(${JSON.stringify(builtin)})`;
  if (constantsFrom === undefined) {
    return [
      `const builtin = /* @__PURE__ */ ${find(name)};`,
      'export default builtin;',
      ...names.map(each => `export const ${each} = /* @__PURE__ */ (() => builtin.${each})();`),
    ].join('\n');
  }
  const functions = names.filter(each => each !== 'constants');
  return [
    ...functions.map(each => `export const ${each} = (...given) => ${find(name)}.${each}(...given);`),
    `export const constants = /* @__PURE__ */ (() => ${find(constantsFrom)}.constants)();`,
    `export default { constants, ${functions.join(', ')} };`,
  ].join('\n');
}

/** Names such as `default` and `delete` cannot be declared; none of these modules exports another reserved word. */
function isExportable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default' && name !== 'delete' && name !== 'builtin';
}

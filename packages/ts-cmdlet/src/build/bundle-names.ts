/**
 * What esbuild needs for code that CommonJS wrote and an ES module runs: it asks for Node's own modules by `require`, and for
 * its place by `__dirname` and `__filename`, which are those of the bundle here. `define` replaces free names alone, and
 * names of the banner are those that no source has.
 */
export const COMMONJS_NAMES = {
  banner: {
    js: [
      "const require = /* @__PURE__ */ (() => process.getBuiltinModule('node:module').createRequire(import.meta.url))();",
      'const dirnameOfBundle = /* @__PURE__ */ (() => import.meta.dirname)();',
      'const filenameOfBundle = /* @__PURE__ */ (() => import.meta.filename)();',
    ].join(' '),
  },
  define: { __dirname: 'dirnameOfBundle', __filename: 'filenameOfBundle' },
} as const;

/** The oldest Node.js that a core runs in, as esbuild names it. */
export const TARGET = 'node22.12';

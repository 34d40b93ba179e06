// The one place where the command line meets the build.
export { type BuildOutput, type BuildPaths, generate } from '../build/build-module.ts';
export { bundleCore } from '../build/bundle-core.ts';
export { copyPackages } from '../build/copy-packages.ts';

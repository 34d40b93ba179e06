import path from 'node:path';
import type { Message } from 'esbuild';
import type { BundleHazard } from '../build/bundled-sources.ts';
import { packageFolder, packageName } from '../build/find-package.ts';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { finding } from './findings.ts';
import { shownPath } from './module-project.ts';

/** What esbuild refuses, as a finding. A compiled package is told by the file that it has. */
export function bundleFailed(message: Message): HelpDiagnostic {
  const { text, location } = message;
  const at = placeOf(message);
  const [, , compiled] = /^No loader is configured for "(\.node)" files: (.*)$/.exec(text) ?? [];
  const owner = compiled === undefined ? undefined : ownerOf(location?.file);
  if (owner !== undefined) {
    const reason = `The package ${owner} has compiled code (${compiled}), which no bundle can hold`;
    return finding('package-not-bundled', at, reason, externalRule(owner));
  }
  return finding('bundle-failed', at, text, 'Expected handlers that esbuild can bundle');
}

/** What esbuild warns of. */
export function bundleWarning(message: Message): HelpDiagnostic {
  return warning(finding('bundle-warning', placeOf(message), message.text, 'Look whether this is meant'));
}

/** What a source asks of its place, as a finding. */
export function bundleHazard({ kind, file, line, name, packageFolder: folder }: BundleHazard): HelpDiagnostic {
  const at = { file: shownPath(file), line };
  if (kind === 'own-directory') {
    const reason = `${name} is the folder of the core in a module, and not that of this file`;
    const expected = "For a file beside this one write new URL('./name', import.meta.url): the build ships it";
    return warning(finding('place-of-bundle', at, reason, expected));
  }
  const owner = packageName(folder ?? '');
  const reason = `The package ${owner} asks for files of its own (${name}), which are not beside the bundle`;
  return warning(finding('package-not-bundled', at, reason, `${externalRule(owner)} if it needs them`));
}

/** What to do for a package that cannot be bundled. */
export function externalRule(owner: string): string {
  return `Write "externalPackages": ["${owner}"] in module.json`;
}

function placeOf({ location }: Message): { file: string; line?: number } {
  return { file: location?.file ?? 'main.ts', ...(location && { line: location.line }) };
}

/** The package that a file is part of; undefined for the module's own sources. */
function ownerOf(file: string | undefined): string | undefined {
  if (file === undefined || !file.includes('node_modules')) return undefined;
  const folder = packageFolder(path.resolve(file));
  return folder && packageName(folder);
}

function warning(found: HelpDiagnostic): HelpDiagnostic {
  return { ...found, severity: 'warning' };
}

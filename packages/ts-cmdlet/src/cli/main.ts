#!/usr/bin/env node
import { ExitCode } from './exit-codes.ts';

// Loaded only by a Node.js that can run it: an older one would fail somewhere in the middle.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(`ts-cmdlet needs Node.js 22.12 or later, and this is ${process.versions.node}.`);
  process.exitCode = ExitCode.usage;
} else {
  const { runCommandLine } = await import('./command-line.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2));
}

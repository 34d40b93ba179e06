import { keepCompiledCode } from './compile-cache.ts';

// What a core does before the first of its other scripts is read. It is bundled apart from them.

// Without a listener, Node.js opens its debugger to every local user when it gets this signal. A Node.js that has
// --disable-sigusr1, with which the host starts it, does not even get it.
process.on('SIGUSR1', () => {});

keepCompiledCode();

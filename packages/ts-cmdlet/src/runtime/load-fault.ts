/**
 * Says whether a fault is that Node.js could not load a script or a package: it is missing, or is not what the build wrote.
 */
export function isLoadFault(fault: unknown): fault is Error {
  if (!(fault instanceof Error)) return false;
  if ('code' in fault) return fault.code === 'ERR_MODULE_NOT_FOUND' || fault.code === 'MODULE_NOT_FOUND';
  // What handlers parse, such as JSON, is no script: the one that throws then is not Node.js's loader.
  return fault instanceof SyntaxError && firstFrame(fault).includes('node:internal/modules/');
}

function firstFrame({ stack = '' }: Error): string {
  return stack.split('\n').find(line => /^ +at /.test(line)) ?? '';
}

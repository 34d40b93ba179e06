import type { Fault } from '../schema/validator.ts';
import { CmdletError } from './cmdlet.ts';

// An object of a declared type comes from PowerShell, where a script may have made it or changed it. So what is wrong inside of
// one is an error of the call; what is wrong outside is one of the protocol.

/** The object that a parameter was given is not as its type is declared. */
export class ObjectNotAsDeclared extends CmdletError {
  readonly parameter: string;

  constructor(parameter: string, typeName: string, member: string, what: string) {
    const where = member === '' ? 'it' : `its property ${member}`;
    super({
      errorId: 'ObjectNotAsDeclared',
      category: 'InvalidArgument',
      message: `The object of type ${typeName} for -${parameter} is not as its type is declared: ${where} ${what}.`,
      recommendedAction: 'Pass an object that a cmdlet of the module has returned.',
      target: parameter,
    });
    this.parameter = parameter;
  }
}

/** The error for a fault that is inside of an object; nothing for any other. */
export function faultOfObject(parameters: unknown, { place, what }: Fault): ObjectNotAsDeclared | undefined {
  const outermost = depthOfObject(parameters, place);
  const [parameter] = place;
  if (outermost === undefined || parameter === undefined) return undefined;
  const { $typeName: typeName } = Object(valueAt(parameters, place.slice(0, outermost)));
  // `properties` is a name of the form in which objects cross.
  const member = place.slice(outermost + 1).filter(name => name !== 'properties');
  return new ObjectNotAsDeclared(parameter, String(typeName), member.join('.'), what);
}

/**
 * Gives a member of an object the form in which a handler writes it, where PowerShell has another for the same: a property without
 * a value is null there, and a whole number that 32 bits do not hold an Int64. Returns whether it has changed the member.
 */
export function amend(parameters: unknown, { place }: Fault): boolean {
  const outermost = depthOfObject(parameters, place);
  const name = place.at(-1);
  if (outermost === undefined || name === undefined || place.length <= outermost + 1) return false;
  const above = Object(valueAt(parameters, place.slice(0, -1)));
  const value: unknown = Reflect.get(above, name);
  if (value === null) return !Array.isArray(above) && Reflect.deleteProperty(above, name);
  const { $type: type, value: text }: { $type?: unknown; value?: unknown } = Object(value);
  const isWhole = type === 'System.Int64' || type === 'System.UInt64';
  return isWhole && Number.isSafeInteger(Number(text)) && Reflect.set(above, name, Number(text));
}

/** How far into the parameters the outermost object is whose properties a place leads into. */
function depthOfObject(parameters: unknown, place: readonly string[]): number | undefined {
  const depth = place.findIndex(
    (name, index) => name === 'properties' && isObjectOfPowerShell(valueAt(parameters, place.slice(0, index))),
  );
  return depth < 0 ? undefined : depth;
}

function isObjectOfPowerShell(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$type' in value && value.$type === 'PSObject';
}

function valueAt(value: unknown, place: readonly string[]): unknown {
  return place.reduce(
    (outer, name) => (Object.hasOwn(Object(outer), name) ? Reflect.get(Object(outer), name) : undefined),
    value,
  );
}

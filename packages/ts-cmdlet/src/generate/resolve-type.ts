import type { Parameter } from '../help/model.ts';
import { enumType } from './enum-type.ts';
import { type ParameterType, typeShape, type UnsupportedType } from './parameter-type.ts';
import { typeLookup } from './type-lookup.ts';
import { parseTypeName, type TypeName } from './type-name.ts';
import {
  BYTES,
  GENERIC_DICTIONARIES,
  GENERIC_LISTS,
  KNOWN_TYPES,
  type KnownType,
  PLAIN_COLLECTIONS,
  TYPED_OBJECT,
} from './type-table.ts';
import { CANNOT_CROSS } from './uncrossable-types.ts';

/**
 * Says what a parameter's type is, or why it can't be generated. A name is looked up
 *
 * 1. in the table of types (type-table.ts), alone, as an array, in a `Nullable`, or in one of .NET's collections;
 * 2. when the help lists accepted values: it is an enum, which the module declares, one of .NET's too (where no enum can
 *    have the name, `prepareCommands` makes it a text);
 * 3. among the types whose values can't leave PowerShell's process: an error;
 * 4. when it begins with `System.`: it is one of .NET's that the table doesn't have, an error;
 * 5. otherwise it names a class that only a compiled module could bring. Objects have such a name among their
 *    `PSTypeNames` (a handler gives it by `typedObject`), and PowerShell has an attribute for just this: the parameter
 *    takes the objects that carry the name, shows it in its syntax, and refuses all others (about_Functions_Advanced_
 *    Parameters, PSTypeName).
 */
export function resolveType(parameter: Parameter): ParameterType | UnsupportedType {
  const name = parseTypeName(parameter.type);
  return (name && resolveName(parameter, name)) ?? unsupported(parameter);
}

function resolveName(parameter: Parameter, name: TypeName): ParameterType | UnsupportedType | undefined {
  if (name.kind === 'named') return resolveNamed(parameter, name.name);
  if (name.kind === 'generic') return resolveGeneric(parameter, name.name, name.of);
  if (name.kind === 'array' && name.of.kind === 'named' && knownType(name.of.name)?.fullName === 'System.Byte') {
    return resolveKnown(parameter, BYTES);
  }
  const element = resolveName(parameter, name.of);
  if (element === undefined || 'unsupported' in element) return element;
  if (element.isSwitch) return undefined;
  if (name.kind === 'array') return arrayOf(element.isArray ? asElement(element) : element, `${element.powerShell}[]`);
  // What can be null anyway needs no Nullable.
  if (!element.isArray && element.isNullable) return undefined;
  if (element.isArray || !element.isValueType) return element;
  const { enum: values, ...schema } = element.schema;
  const withNull = Array.isArray(values) ? { enum: [...values, null] } : {};
  return {
    ...element,
    powerShell: `System.Nullable[${element.powerShell}]`,
    isNullable: true,
    schema: { ...schema, nullable: true, ...withNull },
  };
}

function arrayOf(element: ParameterType, powerShell: string): ParameterType {
  return { ...element, powerShell, isArray: true, schema: { type: 'array', items: element.schema } };
}

/** An array as what another array holds. */
function asElement(array: ParameterType): ParameterType {
  const element = array.isNullable ? `(${array.typeScript} | null)` : array.typeScript;
  return { ...array, typeScript: `(readonly ${element}[])`, isNullable: false };
}

function resolveNamed(parameter: Parameter, name: string): ParameterType | UnsupportedType | undefined {
  const known = knownType(name);
  // A module may have an enum of its own that is called as one of .NET's.
  const isOwn =
    known?.enumValues !== undefined &&
    !name.includes('.') &&
    !parameter.acceptedValues.every(value => known.acceptedValue?.test(value));
  if (known !== undefined && !isOwn) return resolveKnown(parameter, known);
  if (parameter.acceptedValues.length > 0) return enumType(parameter, name);
  const collection = plainCollection(name);
  if (collection !== undefined) {
    return { ...typeShape('unknown', collection), isArray: true, schema: { type: 'array' } };
  }
  const instead = insteadOf(name);
  if (instead !== undefined) return cannotCross(parameter, instead);
  if (/^system\./i.test(name)) return undefined;
  return resolveObject(name);
}

function resolveGeneric(
  parameter: Parameter,
  name: string,
  of: readonly TypeName[],
): ParameterType | UnsupportedType | undefined {
  const [first, second] = of.map(argument => resolveName(parameter, argument));
  const failed = [first, second].find(argument => argument !== undefined && 'unsupported' in argument);
  if (failed !== undefined || first === undefined || 'unsupported' in first) return failed;
  const list = genericList(name);
  if (list !== undefined && of.length === 1 && !first.isArray && !first.isSwitch) {
    // The attribute for a type name is for an array, and PowerShell makes one of any list.
    return arrayOf(
      first,
      first.objectTypeName === undefined ? `${list}[${first.powerShell}]` : `${first.powerShell}[]`,
    );
  }
  const dictionary = genericDictionary(name);
  const hashtable = knownType('hashtable');
  const isText =
    second !== undefined &&
    !('unsupported' in second) &&
    second.objectTypeName === undefined &&
    first.powerShell === 'string';
  if (dictionary === undefined || hashtable === undefined || of.length !== 2 || !isText) return undefined;
  return resolveKnown(parameter, { ...hashtable, powerShell: `${dictionary}[string,${second.powerShell}]` });
}

const knownType = typeLookup(
  KNOWN_TYPES.flatMap(type => [type.fullName, ...type.aliases].map(name => [name, type] as const)),
);
const plainCollection = typeLookup(PLAIN_COLLECTIONS);
const genericList = typeLookup(GENERIC_LISTS.map(name => [name, name] as const));
const genericDictionary = typeLookup(GENERIC_DICTIONARIES.map(name => [name, name] as const));
const insteadOf = typeLookup(CANNOT_CROSS);

function resolveKnown(parameter: Parameter, known: KnownType): ParameterType | UnsupportedType {
  const { powerShell, typeScript, schema, acceptedValue } = known;
  const isBoolean = typeScript === 'boolean';
  const wrong = parameter.acceptedValues.find(value => acceptedValue?.test(value) !== true);
  if (wrong !== undefined && !isBoolean) {
    const message = `Parameter -${parameter.name}: '${wrong}' is no accepted value of type ${parameter.type}.`;
    return { unsupported: { code: 'values-unusable', message, expected: 'Expected a String or the name of an enum.' } };
  }
  // True and False are all that a Boolean takes: naming both adds nothing.
  const isOneBoolean = parameter.acceptedValues.length === 1 && wrong === undefined;
  const acceptedValues = isBoolean && !isOneBoolean ? [] : parameter.acceptedValues;
  const element = acceptedValues.length > 0 && typeScript === 'string' ? { ...schema, enum: acceptedValues } : schema;
  const isValueType = known.isValueType === true;
  const isSwitch = powerShell === 'switch';
  return { ...typeShape(typeScript, powerShell), isSwitch, isValueType, schema: element, acceptedValues };
}

function resolveObject(name: string): ParameterType {
  return { ...typeShape(TYPED_OBJECT.typeScript, 'psobject'), schema: TYPED_OBJECT.schema, objectTypeName: name };
}

function cannotCross(parameter: Parameter, instead: string): UnsupportedType {
  const message = `Parameter -${parameter.name} is of type ${parameter.type}, whose values can't leave PowerShell's process.`;
  return { unsupported: { code: 'type-cannot-cross', message, expected: `Expected ${instead}.` } };
}

function unsupported(parameter: Parameter): UnsupportedType {
  const message = `Parameter -${parameter.name} has the unsupported type ${parameter.type}.`;
  const expected =
    "Expected a type that crosses to another process, such as String, Int32, DateTime or Hashtable, an array of one, or an enum's name with accepted values.";
  return { unsupported: { code: 'type-unsupported', message, expected } };
}

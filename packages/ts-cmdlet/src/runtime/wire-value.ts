import { MAX_DEPTH } from '../protocol/protocol.ts';
import { SCALAR_TYPES } from '../schema/scalar-types.ts';
import { CmdletError } from './cmdlet.ts';
import { isReserved, withoutCase } from './member-name.ts';
import { hashtable, typedObject, wireScalar } from './values.ts';

/**
 * Gives the wire form (values.ts) of what a handler writes. Of its own accord it maps `bigint` to BigInteger, `Date` to a
 * UTC DateTime, `Uint8Array` to Byte[] and `URL` to Uri, and asks others for their `toJSON`. An object with a `$type` that
 * is none of values.ts stays an object with such a property. Throws a `CmdletError` that names the place of what cannot
 * cross: functions, symbols, names that PowerShell cannot tell apart or does not take,
 * cycles, and what is nested too deeply.
 */
export function toWireValue(value: unknown): unknown {
  return new Conversion().convert(value) ?? null;
}

/**
 * Gives a value of PowerShell as handlers see it: a number that is not finite is a number, as its type says. All else is as
 * it arrived.
 */
export function fromWireValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromWireValue);
  if (!('$type' in value)) return value;
  if (value.$type === 'System.Double' && 'value' in value) return Number(value.value);
  if ('entries' in value) return { ...value, entries: fromWireMembers(value.entries) };
  if ('properties' in value) return { ...value, properties: fromWireMembers(value.properties) };
  return value;
}

/** The same for each of an object's members, which it changes: they are new, from JSON. */
export function fromWireMembers<T>(members: T): T {
  if (!isMembers(members)) return members;
  for (const [name, value] of Object.entries(members)) {
    if (typeof value === 'object' && value !== null) setMember(members, name, fromWireValue(value));
  }
  return members;
}

type Members = Record<string, unknown>;

function setMember(members: Members, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true });
  else members[name] = value;
}

const scalarTypes = new Map(Object.entries(SCALAR_TYPES).map(([name, { text }]): [string, RegExp] => [name, text]));
const wholeNumbers = new Map([
  ['System.Int64', (value: bigint) => BigInt.asIntN(64, value) === value],
  ['System.UInt64', (value: bigint) => BigInt.asUintN(64, value) === value],
]);

/** One conversion: where it is, and what it is inside of. */
class Conversion {
  readonly #place: (string | number)[] = [];
  readonly #above: object[] = [];

  convert(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
      case 'undefined':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : wireScalar('System.Double', String(value));
      case 'bigint':
        return wireScalar('System.Numerics.BigInteger', String(value));
      case 'object':
        return value === null ? null : this.#convertObject(value);
      default:
        return this.#refuse(`is a ${typeof value}`);
    }
  }

  #convertObject(value: object): unknown {
    // Most objects are plain, and need not be asked what else they may be.
    const isPlain = Object.getPrototypeOf(value) === Object.prototype;
    const scalar = isPlain ? undefined : this.#convertBuiltIn(value);
    if (scalar !== undefined) return scalar;
    if (this.#above.includes(value)) return this.#refuse('holds itself');
    if (this.#above.length >= MAX_DEPTH) return this.#refuse(`is nested deeper than ${MAX_DEPTH} levels`);
    this.#above.push(value);
    const form = this.#convertContainer(value, isPlain);
    this.#above.pop();
    return form;
  }

  /** A value of a class that has a .NET type of its own; nothing for others. */
  #convertBuiltIn(value: object): unknown {
    if (value instanceof Date) return this.#convertDate(value);
    if (value instanceof Uint8Array) return wireScalar('System.Byte[]', Buffer.from(value).toString('base64'));
    if (value instanceof URL) return wireScalar('System.Uri', value.href);
    return undefined;
  }

  #convertDate(date: Date): unknown {
    const year = date.getUTCFullYear();
    if (!(year >= 1 && year <= 9999)) return this.#refuse('is a Date that DateTime has no value for');
    return wireScalar('System.DateTime', date.toISOString());
  }

  #convertContainer(value: object, isPlain: boolean): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.#inside(index, () => this.convert(item)) ?? null);
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.convert(value.toJSON());
    if (!isPlain && opaqueTypes.some(type => value instanceof type))
      return this.#refuse(`is a ${value.constructor.name}`);
    if (!isMembers(value)) return this.#refuse('is no object of properties');
    if (!Object.hasOwn(value, '$type')) return this.#convertProperties(value);
    return this.#convertTagged(value) ?? this.#convertProperties(value);
  }

  /** The properties of an object without a type name. */
  #convertProperties(value: Members): unknown {
    const members = this.#members(value, true);
    // These would be taken for more than properties: PowerShell is told that they are none.
    return describeNames(members).haveTypeName || Object.hasOwn(members, '$type') ? typedObject('', members) : members;
  }

  /** An object with `$type`; nothing where that is none of values.ts. */
  #convertTagged(value: Members): unknown {
    const { $type: type } = value;
    if (typeof type !== 'string') return undefined;
    if (type === 'PSObject') {
      const { $typeName: typeName, properties } = value;
      if (typeof typeName !== 'string' || !isMembers(properties)) return this.#refuse(`is no ${type}`);
      const isCustom = typeName === '' || typeName === 'System.Management.Automation.PSCustomObject';
      if (isCustom) return this.#inside('properties', () => this.#convertProperties(properties));
      const members = this.#inside('properties', () => this.#members(properties, true));
      if (describeNames(members).haveTypeName) return this.#refuse('has a property PSTypeName beside its type name');
      return typedObject(typeName, members);
    }
    if (type === 'System.Collections.Hashtable') {
      const { entries } = value;
      if (!isMembers(entries)) return this.#refuse(`is no ${type}`);
      return hashtable(this.#inside('entries', () => this.#members(entries, false)));
    }
    if (type === 'System.Management.Automation.PSCredential') {
      const { userName, password } = value;
      const isCredential = typeof userName === 'string' && userName !== '' && typeof password === 'string';
      return isCredential ? { $type: type, userName, password } : this.#refuse(`is no ${type}`);
    }
    const format = scalarTypes.get(type);
    if (format === undefined) return undefined;
    const { value: text } = value;
    const isWell = typeof text === 'string' && format.test(text) && (wholeNumbers.get(type)?.(BigInt(text)) ?? true);
    return isWell ? { $type: type, value: text } : this.#refuse(`is no ${type}`);
  }

  #members(value: Members, areProperties: boolean): Members {
    const names = describeNames(value);
    if (!names.areDifferent) return this.#refuse('has two names that differ in case alone');
    const members: Members = {};
    for (const name of names.list) {
      this.#place.push(name);
      if (areProperties && !names.areOfProperties && isReserved(name))
        return this.#refuse('has a name that PowerShell does not take');
      const form = this.convert(value[name]);
      this.#place.pop();
      if (form === undefined) continue;
      setMember(members, name, form);
    }
    return members;
  }

  #inside<T>(name: string | number, convert: () => T): T {
    this.#place.push(name);
    const form = convert();
    this.#place.pop();
    return form;
  }

  #refuse(what: string): never {
    const place = this.#place.map(name => (typeof name === 'number' ? `[${name}]` : `.${name}`)).join('');
    throw new CmdletError({
      errorId: 'ValueCannotCross',
      category: 'InvalidType',
      message: `What the cmdlet wrote cannot be handed to PowerShell: ${place === '' ? 'the object' : place} ${what}.`,
      recommendedAction: 'This is a fault of the module, not of the call: report it.',
    });
  }
}

/** Objects whose own properties say nothing. */
const opaqueTypes = [Map, Set, WeakMap, WeakSet, Promise, RegExp, ArrayBuffer, DataView, Error];

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** What the names of an object's members say. */
interface Names {
  readonly list: readonly string[];
  /** Whether PowerShell, which does not look at case, can tell them apart. */
  readonly areDifferent: boolean;
  /** Whether a property can have each of them. */
  readonly areOfProperties: boolean;
  readonly haveTypeName: boolean;
}

/** The last names that were looked at: objects mostly come with the same as the one before. */
let lastNames: Names = { list: [], areDifferent: true, areOfProperties: true, haveTypeName: false };

function describeNames(value: Members): Names {
  const list = Object.keys(value);
  const last = lastNames.list;
  if (list.length === last.length && list.every((name, index) => name === last[index])) return lastNames;
  lastNames = {
    list,
    areDifferent: new Set(list.map(name => withoutCase(name.toWellFormed()))).size === list.length,
    areOfProperties: !list.some(isReserved),
    haveTypeName: list.some(name => name.toLowerCase() === 'pstypename'),
  };
  return lastNames;
}

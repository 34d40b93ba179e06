import { explainFault, type Fault, type Validator } from './validator.ts';

/** What the parameters of a cmdlet are: one object for each parameter set, told apart by `parameterSetName`. */
export interface ParameterTable {
  /** Each parameter's type, as an index into the types that all cmdlets of a module share. */
  readonly types: Readonly<Record<string, number>>;
  /** By the name of each set, the parameters that must be given in it, and those that it does not have. */
  readonly sets: Readonly<Record<string, { readonly required: readonly string[]; readonly absent: readonly string[] }>>;
}

/** What checks the parameters of a cmdlet on arrival; one without pipeline input has no command line of its own. */
export interface TableValidators<Parameters, CommandLine> {
  readonly parameters: Validator<Parameters>;
  readonly commandLine?: Validator<CommandLine>;
}

/**
 * Makes the validators of a cmdlet from its table, which is read once, with the first value: all parameters, and for a cmdlet
 * that takes pipeline input also those of its command line, each of which may be missing there. The table says which members
 * an object has; whether each has the right value is for the types, which `ajv` has compiled. The type parameters are what
 * was generated from the same help as the table.
 */
export function tableValidators<Parameters, CommandLine>(
  types: readonly Validator<unknown>[],
  readTable: () => ParameterTable,
  takesPipelineInput: boolean,
): TableValidators<Parameters, CommandLine> {
  let read: ParameterTable | undefined;
  const table = () => {
    read ??= readTable();
    return read;
  };
  const parameters = validator<Parameters>(value => faultOfParameters(value, table(), types));
  if (!takesPipelineInput) return { parameters };
  return { parameters, commandLine: validator<CommandLine>(value => faultOfCommandLine(value, table(), types)) };
}

function validator<T>(faultOf: (value: unknown) => Fault | undefined): Validator<T> {
  let found: Fault | undefined;
  const fault = () => found ?? { place: [], what: 'not of the expected shape' };
  return {
    accepts(value): value is T {
      found = faultOf(value);
      return found === undefined;
    },
    explain: () => explainFault(fault()),
    fault,
  };
}

function faultOfParameters(
  value: unknown,
  table: ParameterTable,
  types: readonly Validator<unknown>[],
): Fault | undefined {
  if (!isObject(value)) return whole('must be object');
  const { parameterSetName, ...parameters } = value;
  const set = typeof parameterSetName === 'string' ? own(table.sets, parameterSetName) : undefined;
  if (set === undefined) return { place: ['parameterSetName'], what: 'must be the name of a parameter set' };
  const missing = set.required.find(name => own(parameters, name) === undefined);
  if (missing !== undefined) return whole(`must have required property '${missing}'`);
  return faultOfMembers(parameters, name => !set.absent.includes(name), table, types);
}

function faultOfCommandLine(
  value: unknown,
  table: ParameterTable,
  types: readonly Validator<unknown>[],
): Fault | undefined {
  if (!isObject(value)) return whole('must be object');
  return faultOfMembers(value, () => true, table, types);
}

function faultOfMembers(
  parameters: Readonly<Record<string, unknown>>,
  isInSet: (name: string) => boolean,
  table: ParameterTable,
  types: readonly Validator<unknown>[],
): Fault | undefined {
  for (const [name, value] of Object.entries(parameters)) {
    const index = own(table.types, name);
    const type = index === undefined ? undefined : types[index];
    if (type === undefined || !isInSet(name)) return whole(`must NOT have the property '${name}'`);
    if (type.accepts(value)) continue;
    const { place, what } = type.fault();
    return { place: [name, ...place], what };
  }
  return undefined;
}

function whole(what: string): Fault {
  return { place: [], what };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object's own: a parameter may have the name of one that every object inherits. */
function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

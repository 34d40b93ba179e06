import type { GenerateCode } from './generate-error.ts';
import type { Schema } from './type-table.ts';

/** What the generators need to know of a parameter's type. */
export interface ParameterType {
  /** What stands in the brackets before the parameter: `string`, `EnvironmentName[]`. */
  readonly powerShell: string;
  /** The element type as TypeScript names it; an accepted-values type's own name is the caller's choice. */
  readonly typeScript: string;
  /** Whether it crosses as a JSON array of such elements. */
  readonly isArray: boolean;
  /** Whether an element can be null. */
  readonly isNullable: boolean;
  readonly isSwitch: boolean;
  /** Whether null is no value of an element's type: see `isNullable`. */
  readonly isValueType: boolean;
  readonly schema: Schema;
  /** The module's own enum, made from the accepted values. */
  readonly enumName?: string;
  /** The type name that PowerShell looks for among an object's own, as the help writes it. */
  readonly objectTypeName?: string;
  /** The accepted values of an enum, a string or a number. */
  readonly acceptedValues: readonly string[];
}

/** Why a parameter's type can't be generated. */
export interface UnsupportedType {
  readonly unsupported: { readonly code: GenerateCode; readonly message: string; readonly expected: string };
}

/** A type that is neither an array nor anything else of note; the schema is the caller's to add. */
export function typeShape(typeScript: string, powerShell: string): Omit<ParameterType, 'schema'> {
  return {
    powerShell,
    typeScript,
    isArray: false,
    isNullable: false,
    isSwitch: false,
    isValueType: false,
    acceptedValues: [],
  };
}

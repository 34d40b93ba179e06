import type { Parameter } from '../help/model.ts';
import { type ParameterType, typeShape, type UnsupportedType } from './parameter-type.ts';
import { isPlainIdentifier } from './powershell-text.ts';
import { lastPart } from './type-name.ts';

/** Makes an enum of the module's own from a name and the accepted values. */
export function enumType(parameter: Parameter, name: string): ParameterType | UnsupportedType {
  const enumName = lastPart(name);
  if (takenNames.has(enumName.toLowerCase())) {
    const message = `Parameter -${parameter.name} is of type ${parameter.type}, which no enum can be called.`;
    return { unsupported: { code: 'values-unusable', message, expected: identifierRule } };
  }
  if (!isPlainIdentifier(enumName)) {
    const message = `Parameter -${parameter.name}: '${parameter.type}' can't name an enum.`;
    return { unsupported: { code: 'type-unsupported', message, expected: identifierRule } };
  }
  const wrong = parameter.acceptedValues.find(value => !isPlainIdentifier(value) || /^value__$/i.test(value));
  if (wrong !== undefined) {
    const message = `Parameter -${parameter.name}: '${wrong}' can't be a value of enum ${enumName}.`;
    return { unsupported: { code: 'values-unusable', message, expected: identifierRule } };
  }
  const { acceptedValues } = parameter;
  const schema = { type: 'string', enum: acceptedValues };
  return { ...typeShape(enumName, enumName), isValueType: true, schema, enumName, acceptedValues };
}

/** Names that mean something else in PowerShell or TypeScript and so can't name an enum of the module. */
const takenNames = new Set(
  `any array bigint boolean char cimclass ciminstance cimsession double encoding fileattributes float guid hashtable int
  int16 int64 ipaddress ipendpoint long mailaddress never null number object ordered psobject pscustomobject ref regex
  sbyte scriptblock securestring semver short single string switch symbol timespan type typedobject uint uint16 uint32
  uint64 ulong undefined unknown uri ushort version void wildcardpattern wirescalar xml`.split(/\s+/),
);

const identifierRule = 'Expected letters, digits and underscores, with no digit first.';

import { COMMON_PARAMETERS } from '../help/common-parameters.ts';
import type { CommandHelp, Parameter } from '../help/model.ts';
import { checkCommandAliases } from './command-alias-names.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { collectEnums } from './module-enums.ts';
import { blocksBySet, isCommonParameter, isPagingParameter, supportsShouldProcess } from './parameter-sets.ts';
import {
  identifierRule,
  isAliasName,
  isCommandName,
  isHelpFileName,
  isTakenVariable,
  MAXIMUM_SETS,
} from './powershell-names.ts';
import { isPlainIdentifier } from './powershell-text.ts';
import { resolveType } from './resolve-type.ts';
import { isWebAddress } from './web-address.ts';

/**
 * Looks for what the help may say but no module can have: names that are no identifiers, unsupported types, names that
 * are given twice. What it passes, the generators can write down without looking again.
 */
export function checkCommands(helps: readonly CommandHelp[]): GenerateDiagnostic[] {
  const problems = helps.flatMap(help => checkCommand(help));
  const names = new Map<string, CommandHelp>();
  for (const help of helps) {
    const first = names.get(help.name.toLowerCase());
    if (first !== undefined) {
      const message = `${help.name} is described in ${first.file} as well.`;
      problems.push(problem({ file: help.file, line: 1 }, 'command-repeated', message, 'Expected one page.'));
    }
    names.set(help.name.toLowerCase(), help);
  }
  return [...problems, ...checkCommandAliases(helps), ...collectEnums(helps).problems];
}

function checkCommand(help: CommandHelp): GenerateDiagnostic[] {
  const top = { file: help.file, line: 1 };
  const problems: GenerateDiagnostic[] = [];
  if (!isCommandName(help.name)) {
    const message = `'${help.name}' can't be a cmdlet's name.`;
    problems.push(
      problem(top, 'command-name-unusable', message, 'Expected Verb-Noun or a word, of letters and digits.'),
    );
  }
  if (help.externalHelpFile !== undefined && !isHelpFileName(help.externalHelpFile)) {
    const message = `The external help file is '${help.externalHelpFile}'.`;
    problems.push(problem(top, 'help-file-unusable', message, 'Expected a plain file name that ends in .xml.'));
  }
  if (help.syntax.length > MAXIMUM_SETS) {
    const message = `The help has ${help.syntax.length} parameter sets.`;
    problems.push(problem(top, 'parameter-sets-too-many', message, `Expected ${MAXIMUM_SETS} at most.`));
  }
  if (help.onlineVersionUrl !== undefined && !isWebAddress(help.onlineVersionUrl)) {
    const message = `The online version is '${help.onlineVersionUrl}', which no browser can open.`;
    const expected = 'Expected an address that begins with https://.';
    problems.push({ ...problem(top, 'online-version-unusable', message, expected), severity: 'warning' });
  }
  const declared = help.parameters.filter(parameter => !isCommonParameter(help, parameter));
  return [
    ...problems,
    ...declared.flatMap(parameter => checkParameter(help, parameter)),
    ...checkNames(help, declared),
    ...checkShouldProcess(help),
  ];
}

function checkParameter(help: CommandHelp, parameter: Parameter): GenerateDiagnostic[] {
  const at = { file: help.file, line: parameter.line };
  const problems: GenerateDiagnostic[] = [];
  if (!isPlainIdentifier(parameter.name)) {
    const message = `'${parameter.name}' can't be a parameter's name.`;
    problems.push(problem(at, 'parameter-name-unusable', message, identifierRule));
  } else if (isTakenVariable(parameter.name)) {
    const message = `'${parameter.name}' can't be a parameter's name: PowerShell keeps $${parameter.name} for itself.`;
    problems.push(problem(at, 'parameter-name-unusable', message, 'Expected another name.'));
  }
  for (const alias of parameter.aliases.filter(name => !isAliasName(name))) {
    problems.push(problem(at, 'alias-unusable', `'${alias}' can't be an alias of -${parameter.name}.`, identifierRule));
  }
  if (blocksBySet(help, parameter).size === 0) {
    const message = `-${parameter.name} belongs to no parameter set of SYNTAX.`;
    problems.push(problem(at, 'parameter-without-set', message, 'Expected at least one.'));
  }
  if (!isPagingParameter(help, parameter)) {
    const type = resolveType(parameter);
    if ('unsupported' in type) {
      const { code, message, expected } = type.unsupported;
      problems.push(problem(at, code, message, expected));
    } else {
      const twice = type.acceptedValues.find((value, index) =>
        type.acceptedValues.slice(0, index).some(other => other.toLowerCase() === value.toLowerCase()),
      );
      if (twice !== undefined) {
        const message = `-${parameter.name} accepts '${twice}' twice.`;
        problems.push(problem(at, 'values-unusable', message, 'Expected values that differ in more than case.'));
      }
    }
  }
  return problems;
}

/** PowerShell gives both of -WhatIf and -Confirm to a command, or none; a -Confirm alone is a parameter like others. */
function checkShouldProcess(help: CommandHelp): GenerateDiagnostic[] {
  const [first, ...others] = help.parameters.filter(({ name }) => /^(whatif|confirm)$/i.test(name));
  if (first === undefined || others.length > 0) return [];
  const missing = /^whatif$/i.test(first.name) ? 'Confirm' : 'WhatIf';
  const message = `The help has -${first.name} and no -${missing}.`;
  const at = { file: help.file, line: first.line };
  return [{ ...problem(at, 'should-process-incomplete', message, 'Expected both.'), severity: 'warning' }];
}

/** PowerShell refuses a command in which two parameters share a name or an alias, its own parameters included. */
function checkNames(help: CommandHelp, declared: readonly Parameter[]): GenerateDiagnostic[] {
  const owners = new Map<string, string>();
  for (const [name, alias] of COMMON_PARAMETERS) {
    owners.set(name.toLowerCase(), name).set(alias, name);
  }
  if (supportsShouldProcess(help)) {
    owners.set('whatif', 'WhatIf').set('wi', 'WhatIf').set('confirm', 'Confirm').set('cf', 'Confirm');
  }
  const problems: GenerateDiagnostic[] = [];
  for (const parameter of declared) {
    for (const name of [parameter.name, ...parameter.aliases]) {
      const owner = owners.get(name.toLowerCase());
      if (owner !== undefined) {
        const message = `'${name}' names both -${owner} and -${parameter.name}.`;
        const at = { file: help.file, line: parameter.line };
        problems.push(problem(at, 'name-repeated', message, 'Expected each name and alias once.'));
      }
      owners.set(name.toLowerCase(), parameter.name);
    }
  }
  return problems;
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { maml } from '../../packages/ts-cmdlet/src/generate/maml.ts';
import { readCommandHelp } from '../../packages/ts-cmdlet/src/help/read-command-help.ts';
import { helpFile } from '../support/module-folder.ts';

// What PlatyPS 0.14 exports from the same page, with its faults: it stands beside the repository. Where the two differ, ours
// has what the page says. Each difference is told here with its reason; all else must be the same.

const reference = path.join(import.meta.dirname, '../../../shared/reference/Connect-SecMgmtAccount.platyps-0.14.xml');

const lists = ['syntaxItem', 'parameter', 'para', 'example', 'navigationLink', 'inputType', 'returnValue', 'alert'];
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: true,
  isArray: name => lists.includes(name),
});

/** The command of a MAML file; `fast-xml-parser` gives what it finds without a type. */
// biome-ignore lint/suspicious/noExplicitAny: the tests say what is expected to be there
type Found = any;
const read = (xml: string): Found => parser.parse(xml).helpItems.command;

const byName = (left: { name: string }, right: { name: string }) => (left.name < right.name ? -1 : 1);
const namesOf = ({ parameter }: Found): string => parameter.map(({ name }: Found) => name).join(' ');

describe.skipIf(!existsSync(reference) && !process.env.CI)("the help file against PlatyPS's own", () => {
  const theirs = read(existsSync(reference) ? readFileSync(reference, 'utf8').replace(/^\uFEFF/, '') : '<helpItems/>');
  const { help } = readCommandHelp(readFileSync(helpFile, 'utf8'), 'help/Connect-SecMgmtAccount.md');
  const ours = read(help === undefined ? '<helpItems/>' : maml([help]));

  test('the default set is the first, and each set has the order of SYNTAX; theirs go by the alphabet', () => {
    expect(ours.syntax.syntaxItem.map(namesOf)).toEqual(
      help?.syntax.map(({ parameters }) => parameters.map(({ name }) => name).join(' ')),
    );
    expect(ours.syntax.syntaxItem[0].parameter[0].name).toBe('Environment');
    expect(theirs.syntax.syntaxItem[0].parameter[0].name).toBe('AccessToken');
  });

  test('SYNTAX has a type where the page has one; theirs has the accepted values in its place', () => {
    const environmentsOf = ({ syntax }: Found): Found[] =>
      syntax.syntaxItem.flatMap(({ parameter }: Found) =>
        parameter.filter(({ name }: Found) => name === 'Environment'),
      );
    for (const [index, environment] of environmentsOf(ours).entries()) {
      expect(environment.parameterValue['#text']).toBe('EnvironmentName');
      expect(environment).not.toHaveProperty('parameterValueGroup');
      expect(environmentsOf(theirs)[index]).toHaveProperty('parameterValueGroup');
    }
  });

  test('a parameter has what Get-Help has no field for: its sets, and the accepted values', () => {
    const told = Object.fromEntries(
      ours.parameters.parameter.map(({ name, description }: Found) => [name, description.para.slice(1)]),
    );
    expect(told).toEqual({
      AccessToken: ['Parameter set: AccessToken.'],
      ApplicationId: ['Parameter sets: RefreshToken, ServicePrincipalCertificate.'],
      CertificateThumbprint: ['Required in parameter set ServicePrincipalCertificate; optional in RefreshToken.'],
      Confirm: [],
      Credential: ['Required in parameter set ServicePrincipal; optional in RefreshToken.'],
      Environment: ['Accepted values: AzureCloud, AzureChinaCloud, AzureGermanCloud, AzurePPE, AzureUSGovernment.'],
      RefreshToken: ['Parameter set: RefreshToken.'],
      ServicePrincipal: ['Required in parameter set ServicePrincipal; optional in ServicePrincipalCertificate.'],
      Tenant: [
        'Required in parameter sets ServicePrincipalCertificate and ServicePrincipal; optional in User, AccessToken and RefreshToken.',
      ],
      UseDeviceAuthentication: ['Parameter set: User.'],
      WhatIf: [],
    });
  });

  test('all else is the same', () => {
    expect(sameForBoth(ours)).toEqual(sameForBoth(theirs));
  });
});

/** A command without what the tests above tell of, and without empty paragraphs and elements. */
function sameForBoth(command: Found): Found {
  const { syntax, parameters, ...rest } = withoutEmpty(command);
  const sets = syntax.syntaxItem.map(({ name, parameter }: Found) => ({
    name,
    parameter: parameter.map(({ parameterValueGroup, ...each }: Found) => each).sort(byName),
  }));
  return {
    ...rest,
    sets: sets.sort((left: Found, right: Found) => (namesOf(left) < namesOf(right) ? -1 : 1)),
    parameters: parameters.parameter.map(({ description, parameterValueGroup, ...each }: Found) => ({
      ...each,
      description: description.para[0],
    })),
  };
}

function withoutEmpty(found: Found): Found {
  if (Array.isArray(found)) return found.map(withoutEmpty).filter(each => each !== undefined);
  if (typeof found !== 'object') return found === '' ? undefined : found;
  const entries = Object.entries(found)
    .map(([name, value]) => [name, withoutEmpty(value)] as const)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

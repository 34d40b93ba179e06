import path from 'node:path';
import { startShell, type TestShell } from 'powershell-driver/session';
import { type Static, Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkModule, generateCmdletTypes } from '../../src/generate/generate-module.ts';
import { writeFiles } from '../../src/generate/write-files.ts';
import { readHelpFolder } from '../../src/help/read-help-folder.ts';
import { corpusFolder, hasCorpus, readCorpus } from '../help/corpus-pages.ts';
import { moduleSettings } from '../support/help-models.ts';
import { type HelpPage, readHelpPage, readSyntax, type ShownParameter, setsOf } from '../support/help-page.ts';
import { linkPackage } from '../support/link-package.ts';
import { runPackageCommand } from '../support/package-command.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';

// A whole module from somebody else's help, 124 cmdlets: what the live PowerShell says of each is compared with what the
// tests' own reader finds in the Markdown.

const LiveParameter = Type.Object({
  name: Type.String(),
  type: Type.String(),
  aliases: Type.Array(Type.String()),
  values: Type.Array(Type.String()),
  sets: Type.Record(
    Type.String(),
    Type.Object({ required: Type.Boolean(), position: Type.String(), pipeline: Type.String() }),
  ),
});
const HelpParameter = Type.Object({
  name: Type.String(),
  text: Type.String(),
  type: Type.String(),
  required: Type.String(),
  position: Type.String(),
  pipeline: Type.String(),
  aliases: Type.String(),
  wildcards: Type.String(),
});
const Live = Type.Object({
  name: Type.String(),
  syntax: Type.String(),
  sets: Type.Array(Type.Tuple([Type.String(), Type.Boolean()])),
  parameters: Type.Array(LiveParameter),
  outputs: Type.Array(Type.String()),
  uri: Type.String(),
  help: Type.Object({
    synopsis: Type.String(),
    description: Type.String(),
    syntax: Type.Array(Type.String()),
    parameters: Type.Array(HelpParameter),
    examples: Type.Array(Type.Object({ title: Type.String(), code: Type.String(), remarks: Type.String() })),
    inputs: Type.Array(Type.String()),
    outputs: Type.Array(Type.String()),
    notes: Type.String(),
    links: Type.Array(Type.String()),
  }),
});

/** Everything that PowerShell says of the module's commands. */
const DESCRIBE = `
$common = [System.Management.Automation.Cmdlet]::CommonParameters
function Join-Text($Paragraphs) { @(foreach ($p in $Paragraphs) { $p.Text }) -join ' ' }
function Get-Member1($Object, $Name) { if ($null -ne $Object -and $null -ne $Object.PSObject.Properties[$Name]) { $Object.$Name } }
foreach ($command in Get-Command -Module PartnerCenter) {
  $help = Get-Help $command.Name -Full
  @{
    name = $command.Name
    syntax = Get-Command $command.Name -Syntax
    sets = @(foreach ($set in $command.ParameterSets) { , @($set.Name, $set.IsDefault) })
    uri = $command.HelpUri
    outputs = @($command.OutputType.Name)
    parameters = @(foreach ($p in $command.Parameters.Values) {
      if ($p.Name -in $common) { continue }
      $sets = @{}
      foreach ($set in $command.ParameterSets) {
        foreach ($own in $set.Parameters) {
          if ($own.Name -ne $p.Name) { continue }
          $sets[$set.Name] = @{
            required = $own.IsMandatory
            position = if ($own.Position -eq [int]::MinValue) { 'Named' } else { [string] $own.Position }
            pipeline = "$($own.ValueFromPipeline) $($own.ValueFromPipelineByPropertyName)"
          }
        }
      }
      $typeName = $p.Attributes.Where({ $_ -is [System.Management.Automation.PSTypeNameAttribute] })
      $valid = $p.Attributes.Where({ $_ -is [System.Management.Automation.ValidateSetAttribute] })
      $element = if ($p.ParameterType.IsArray) { $p.ParameterType.GetElementType() } else { $p.ParameterType }
      @{
        name = $p.Name; sets = $sets; aliases = @($p.Aliases)
        type = if ($typeName.Count) { $typeName[0].PSTypeName.Split('.')[-1] + $(if ($p.ParameterType.IsArray) { '[]' }) } else { $p.ParameterType.Name }
        values = @(if ($valid.Count) { $valid[0].ValidValues } elseif ($element.IsEnum) { [enum]::GetNames($element) })
      }
    })
    help = @{
      synopsis = $help.Synopsis
      description = Join-Text $help.description
      syntax = @(foreach ($item in $help.Syntax.SyntaxItem) {
        @(foreach ($p in (Get-Member1 $item 'Parameter')) {
          $value = if ($p.PSObject.Properties['ParameterValue']) { " <$($p.ParameterValue)>" }
          if ($p.Required -eq 'true') { "-$($p.Name)$value" } else { "[-$($p.Name)$value]" }
        }) -join ' '
      })
      parameters = @(foreach ($p in (Get-Member1 $help.parameters 'parameter')) {
        @{
          name = $p.name; type = $p.type.name; required = $p.required; position = $p.position; text = Join-Text $p.description
          pipeline = $p.pipelineInput; aliases = $p.aliases; wildcards = $p.globbing
        }
      })
      examples = @(foreach ($e in (Get-Member1 $help.examples 'example')) { @{ title = $e.title; code = $e.code; remarks = Join-Text $e.remarks } })
      inputs = @(foreach ($t in (Get-Member1 $help.inputTypes 'inputType')) { $t.type.name })
      outputs = @(foreach ($t in (Get-Member1 $help.returnValues 'returnValue')) { $t.type.name })
      notes = Join-Text (Get-Member1 (Get-Member1 $help 'alertSet') 'alert')
      links = @(foreach ($l in (Get-Member1 $help.relatedLinks 'navigationLink')) { "$($l.linkText)|$($l.uri)" })
    }
  }
}`;

/** Printed text without its spaces: how a text is wrapped is no matter here. */
const squeeze = (text: string) => text.replace(/\s+/g, '');
/** The same of Markdown as these pages have it. */
const squeezeMarkdown = (markdown: string) =>
  squeeze(markdown.replace(/\*\*|`/g, '').replace(/<(https?:[^>]*)>/g, '$1'));

/** Classes that no INPUTS or OUTPUTS names: what is given for a parameter of one arrives as it is. */
const unnamedClasses = new Set<string>();

/** C#'s and PowerShell's short names of the types that Get-Command prints. */
const SHORT_NAMES: Record<string, string> = { int: 'int32', bool: 'boolean', switch: 'switchparameter' };
const typeKey = (type: string) => {
  const [, element = '', brackets = ''] = /^(.*?)((?:\[\])*)$/.exec(type.toLowerCase()) ?? [];
  if (unnamedClasses.has(element)) return `object${brackets}`;
  return (SHORT_NAMES[element] ?? element) + brackets;
};

/** What the first block of a parameter says of pipeline input, set by set: no block of these pages says another thing. */
function pipelineOf(markdown: string, name: string): string[] {
  const [, body = ''] = new RegExp(`^### -${name}$([\\s\\S]*?)(?=^##|(?![\\s\\S]))`, 'm').exec(markdown) ?? [];
  return [...body.matchAll(/^Accept pipeline input: (.*)$/gm)].map(([, value = '']) => value.trim());
}

describe.skipIf(!hasCorpus && !process.env.CI)('the module of PartnerCenter', () => {
  let module: OtherModule;
  let shell: TestShell;
  let live: Map<string, Static<typeof Live>>;
  const pages = new Map<string, { page: HelpPage; markdown: string }>();

  beforeAll(async () => {
    const { helps } = await readHelpFolder(corpusFolder('partnercenter'));
    const warnings = checkModule(helps, moduleSettings({ name: 'PartnerCenter' }));
    for (const { message } of warnings)
      unnamedClasses.add(/of the class (\w+), which/.exec(message)?.[1]?.toLowerCase() ?? '');
    expect(warnings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      Array(6).fill('warning type-not-described'),
    );
    module = await makeOtherModule(helps, moduleSettings({ name: 'PartnerCenter' }));
    shell = await startShell(module.manifest);
    live = new Map((await shell.run(Live, DESCRIBE)).map(each => [each.name, each]));
    for (const { file, markdown } of readCorpus()) {
      const page = readHelpPage(markdown);
      if (file.startsWith('partnercenter/') && page.sets.length > 0 && page.name.includes('-')) {
        pages.set(page.name, { page, markdown });
      }
    }
  });

  afterAll(async () => {
    await shell?.[Symbol.asyncDispose]();
    await module?.[Symbol.asyncDispose]();
  });

  /** Calls back for each of the 124 cmdlets. */
  function forEachCmdlet(check: (name: string, page: HelpPage, found: Static<typeof Live>, markdown: string) => void) {
    expect(pages.size).toBe(124);
    for (const [name, { page, markdown }] of pages) {
      const found = live.get(name);
      if (found === undefined) throw new Error(`${name} is not in the module.`);
      check(name, page, found, markdown);
    }
  }

  /** PlatyPS brackets every switch in SYNTAX; PARAMETERS says which are required. */
  const shownIn = (page: HelpPage, set: HelpPage['sets'][number]): ShownParameter[] =>
    set.parameters.map(shown => {
      const parameter = page.parameters.find(({ name }) => name === shown.name);
      const isRequired = parameter && setsOf(page, parameter).get(set.name)?.required === true;
      return shown.type === '' ? { ...shown, required: isRequired === true } : shown;
    });

  test('has its 124 cmdlets and no others', async () => {
    expect([...live.keys()].sort()).toEqual([...pages.keys()].sort());
  });

  test('has the sets of the help, and its default set', () => {
    forEachCmdlet((name, page, { sets }) => {
      const expected = page.sets.map(set => [set.name || '__AllParameterSets', set.isDefault && set.name !== '']);
      const found = sets.map(([set, isDefault]) => [set, isDefault && set !== '__AllParameterSets']);
      expect({ name, sets: found.sort() }).toEqual({ name, sets: expected.sort() });
    });
  });

  test('prints the syntax of the help, required parameters first', () => {
    forEachCmdlet((name, page, { syntax }) => {
      const printed = syntax.trim().split(/\n\s*\n/);
      const key = (parameters: ShownParameter[]) =>
        JSON.stringify(parameters.map(shown => ({ ...shown, type: typeKey(shown.type) })));
      const expected = page.sets.map(set => {
        const shown = shownIn(page, set);
        const position = ({ name: shownName }: ShownParameter) => {
          const parameter = page.parameters.find(each => each.name === shownName);
          return Number((parameter && setsOf(page, parameter).get(set.name))?.position);
        };
        const isPositional = (each: ShownParameter) => !Number.isNaN(position(each));
        return [
          ...shown.filter(isPositional).sort((left, right) => position(left) - position(right)),
          ...shown.filter(each => !isPositional(each) && each.required),
          ...shown.filter(each => !isPositional(each) && !each.required),
        ];
      });
      const found = printed.map(line => key(readSyntax(line.trim().replace(/^\S+ /, ''))));
      expect({ name, syntax: found.sort() }).toEqual({ name, syntax: expected.map(key).sort() });
    });
  });

  test('has the parameters of the help: types, aliases, values, and what each is in each set', () => {
    forEachCmdlet((name, page, { parameters }, markdown) => {
      const expected = page.parameters.map(parameter => {
        const pipeline = new Set(pipelineOf(markdown, parameter.name));
        expect(pipeline.size, `${name} -${parameter.name}`).toBe(1);
        const ways = [...pipeline].join();
        return {
          name: parameter.name,
          type: typeKey(parameter.type),
          aliases: parameter.aliases,
          values: parameter.acceptedValues.toSorted(),
          sets: Object.fromEntries(
            [...setsOf(page, parameter)].map(([set, facts]) => [
              set || '__AllParameterSets',
              {
                ...facts,
                pipeline: `${/ByValue/.test(ways) ? 'True' : 'False'} ${/ByPropertyName/.test(ways) ? 'True' : 'False'}`,
              },
            ]),
          ),
        };
      });
      const found = parameters.map(each => ({ ...each, type: typeKey(each.type), values: each.values.toSorted() }));
      const byName = (list: { name: string }[]) => list.toSorted((left, right) => (left.name < right.name ? -1 : 1));
      expect({ name, parameters: byName(found) }).toEqual({ name, parameters: byName(expected) });
    });
  });

  test('has the output types and the address of the help', () => {
    forEachCmdlet((name, page, { outputs, uri }) => {
      expect({ name, outputs, uri }).toEqual({
        name,
        outputs: page.outputs.filter(output => output !== 'None'),
        uri: page.frontMatter['online version'] ?? '',
      });
    });
  });

  test('Get-Help tells the help: synopsis, description, syntax in its order, inputs, outputs, links', () => {
    forEachCmdlet((name, page, { help }, markdown) => {
      expect(help.synopsis.trim(), name).toBe(page.synopsis);
      expect(squeeze(help.description), name).toBe(squeezeMarkdown(page.description));
      expect({ name, syntax: help.syntax.map(readSyntax) }).toEqual({
        name,
        syntax: page.sets.map(set => shownIn(page, set)),
      });
      const inputs = /^## INPUTS\n([\s\S]*?)^## /m.exec(markdown)?.[1] ?? '';
      expect(help.inputs, name).toEqual([...inputs.matchAll(/^### (.*)$/gm)].map(([, type = '']) => type.trim()));
      expect(help.outputs, name).toEqual(page.outputs);
      expect(help.notes, name).toBe('');
      expect(help.links[0], name).toBe(`Online Version:|${page.frontMatter['online version']}`);
      const links = /^## RELATED LINKS\n([\s\S]*)/m.exec(markdown)?.[1] ?? '';
      for (const [, text = '', address = ''] of links.matchAll(/\[([^\]]*)\]\(([^)]*)\)/g)) {
        expect(help.links, name).toContain(`${text}|${address}`);
      }
    });
  });

  test('Get-Help tells each parameter, and in which sets it is what', () => {
    forEachCmdlet((name, page, { help }, markdown) => {
      expect(
        help.parameters.map(parameter => parameter.name),
        name,
      ).toEqual(page.parameters.map(each => each.name));
      for (const [index, parameter] of page.parameters.entries()) {
        const told = help.parameters[index];
        const where = `${name} -${parameter.name}`;
        const description = squeezeMarkdown(parameter.description);
        expect(squeeze(told?.text ?? '').slice(0, description.length), where).toBe(description);
        const sets = [...setsOf(page, parameter)];
        const required = sets.filter(([, { required: isRequired }]) => isRequired).map(([set]) => set);
        expect(told, where).toMatchObject({
          type: parameter.type,
          required: String(required.length === sets.length),
          aliases: parameter.aliases.join(', ') || 'none',
          wildcards: 'false',
          position: [...new Set(sets.map(([, { position }]) => position.toLowerCase()))].join(),
          pipeline: pipelineOf(markdown, parameter.name)[0],
        });
        for (const value of parameter.acceptedValues) expect(told?.text, where).toContain(value);
        if (required.length > 0 && required.length < sets.length) {
          for (const set of required) expect(told?.text, where).toMatch(new RegExp(`Required in [^;]*\\b${set}\\b.*;`));
        } else if (sets.length < page.sets.length) {
          for (const [set] of sets) expect(told?.text, where).toMatch(new RegExp(`Parameter sets?: .*\\b${set}\\b`));
        }
      }
    });
  });

  test('Get-Help tells each example: title, code line by line, remarks', () => {
    forEachCmdlet((name, page, { help }) => {
      const plain = (title: string) => title.replace(/^-+ | -+$/g, '');
      expect({
        name,
        examples: help.examples.map(({ title, code, remarks }) => ({
          title: plain(title),
          code: code.replaceAll('\r', ''),
          remarks: squeeze(remarks),
        })),
      }).toEqual({
        name,
        examples: page.examples.map(({ title, code, remarks }) => ({
          title,
          code: code,
          remarks: squeezeMarkdown(remarks),
        })),
      });
    });
  });

  test("its handlers' parameter types compile", async () => {
    const types = path.join(module.root, 'types');
    const { helps } = await readHelpFolder(corpusFolder('partnercenter'));
    const files = generateCmdletTypes(helps);
    await writeFiles(types, files);
    await linkPackage(types);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024'];
    const file = path.join(types, 'parameter-validators.ts');
    await runPackageCommand('tsc', [...options, '--allowImportingTsExtensions', '--ignoreConfig', file]);
    expect(files).toHaveLength(124 + 2);
  });

  test('an object goes by its full type name, and no other object binds', async () => {
    const customer = 'Microsoft.Store.PartnerCenter.PowerShell.Models.Customers.PSCustomer';
    const call = (typeName: string) =>
      shell.run(
        Type.Object({ set: Type.String() }),
        `[pscustomobject] @{ PSTypeName = '${typeName}'; CustomerId = 'c' } | Get-PartnerCustomerSubscription`,
      );
    expect(await call(customer)).toMatchObject([{ set: 'ByCustomerObject' }]);
    await expect(call('Another.Customer')).rejects.toThrow('cannot be bound');
  });

  test('of an enum, each cmdlet accepts what its help lists', async () => {
    const call = (value: string) =>
      shell.run(
        Type.Object({ bound: Type.Record(Type.String(), Type.Unknown()) }),
        `Set-PartnerCustomerSubscription -CustomerId c -SubscriptionId s -BillingCycle ${value}`,
      );
    expect(await call('monthly')).toMatchObject([{ bound: { BillingCycle: 'Monthly' } }]);
    await expect(call('OneTime')).rejects.toThrow('BillingCycle');
  });
});

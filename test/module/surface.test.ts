import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { type Static, Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type HelpPage,
  readHelpPage,
  readSyntax,
  type ShownSet,
  setsOf,
} from '../../packages/ts-cmdlet/test/support/help-page.ts';
import { helpFile, type ModuleFolder, makeModule } from '../support/module-folder.ts';

// The live cmdlet against its help: what PowerShell says of Connect-SecMgmtAccount is compared with what a reader of the
// tests' own finds in the Markdown.

let module: ModuleFolder;
let shell: TestShell;
let page: HelpPage;
let cmdlets: string[];

beforeAll(async () => {
  module = await makeModule();
  page = readHelpPage(module.markdown);
  const pages = (await readdir(path.dirname(helpFile))).filter(name => !name.startsWith('about_'));
  cmdlets = pages.map(name => path.basename(name, '.md')).sort();
  // The core is built elsewhere; the manifest lists it.
  await writeFile(path.join(module.folder, 'core', 'core.mjs'), '');
  shell = await startShell(module.manifest);
}, 120_000);

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

/**
 * The help's sets as they must be shown. One thing is put right: PlatyPS brackets every switch in SYNTAX (schema
 * 2.0.0), whatever PARAMETERS calls it, so a switch is required where PARAMETERS says so.
 */
function expectedSets(): ShownSet[] {
  return page.sets.map(set => ({
    ...set,
    parameters: set.parameters.map(shown => {
      const parameter = page.parameters.find(({ name }) => name === shown.name);
      const isRequired = parameter && setsOf(page, parameter).get(set.name)?.required === true;
      return shown.type === '' ? { ...shown, required: isRequired === true } : shown;
    }),
  }));
}

/** Printed text without the line ends that the screen's width put in. */
const squeeze = (text: string) => text.replace(/\s+/g, '');

test('the reader of the tests finds what a person sees in the help', () => {
  expect(page.sets.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['User', true],
    ['AccessToken', false],
    ['RefreshToken', false],
    ['ServicePrincipalCertificate', false],
    ['ServicePrincipal', false],
  ]);
  expect(page.parameters).toHaveLength(11);
  expect(page.examples).toHaveLength(4);
  expect(readSyntax('[[-A] <T>] [-B] <U> -C [-D] [-E <V[]>] -F {x | y} [<CommonParameters>]')).toEqual([
    { name: 'A', type: 'T', required: false },
    { name: 'B', type: 'U', required: true },
    { name: 'C', type: '', required: true },
    { name: 'D', type: '', required: false },
    { name: 'E', type: 'V[]', required: false },
    { name: 'F', type: '', required: true },
  ]);
  const servicePrincipal = expectedSets()
    .at(-1)
    ?.parameters.find(({ name }) => name === 'ServicePrincipal');
  expect(servicePrincipal?.required, 'the one switch that PARAMETERS calls required').toBe(true);
});

describe('syntax', () => {
  test('of Get-Help is that of the help: sets, order, names, types, brackets', async () => {
    const lines = await shell.run(
      Type.String(),
      `(Get-Help Connect-SecMgmtAccount).Syntax.SyntaxItem | ForEach-Object {
        $parts = foreach ($p in $_.Parameter) {
          $value = if ($p.PSObject.Members['ParameterValue']) { " <$($p.ParameterValue)>" }
          if ($p.Required -eq 'true') { "-$($p.Name)$value" } else { "[-$($p.Name)$value]" }
        }
        $parts -join ' '
      }`,
    );
    expect(lines.map(readSyntax)).toEqual(expectedSets().map(({ parameters }) => parameters));
  });

  test('as Get-Help prints it is the same', async () => {
    const shown = await shell.show('Get-Help Connect-SecMgmtAccount');
    const expected = expectedSets().map(({ parameters }) => {
      const parts = parameters.map(({ name, type, required }) => {
        const text = type === '' ? `-${name}` : `-${name} <${type}>`;
        return required ? text : `[${text}]`;
      });
      return `Connect-SecMgmtAccount ${parts.join(' ')} [<CommonParameters>]`;
    });
    expect(squeeze(shown)).toContain(squeeze(expected.join('')));
  });

  test('of Get-Command is that of the help, but for its own order: required parameters first', async () => {
    const [text = ''] = await shell.run(Type.String(), 'Get-Command Connect-SecMgmtAccount -Syntax');
    const live = text
      .trim()
      .split(/\n\s*\n/)
      .map(line => readSyntax(line.trim().replace(/^\S+ /, '')));
    // PowerShell prints its short names of types: `string` for String.
    const normal = (parameters: ShownSet['parameters']) =>
      parameters.map(each => ({ ...each, type: each.type.toLowerCase() }));
    const requiredFirst = (parameters: ShownSet['parameters']) => [
      ...parameters.filter(({ required }) => required),
      ...parameters.filter(({ required }) => !required),
    ];
    const key = (parameters: ShownSet['parameters']) => JSON.stringify(normal(parameters));
    expect(live.map(key).sort()).toEqual(
      expectedSets()
        .map(({ parameters }) => key(requiredFirst(parameters)))
        .sort(),
    );
  });

  test("has the help's sets in its order, and its default set", async () => {
    const sets = await shell.run(
      Type.Tuple([Type.String(), Type.Boolean()]),
      '(Get-Command Connect-SecMgmtAccount).ParameterSets | ForEach-Object { , @($_.Name, $_.IsDefault) }',
    );
    const expected = page.sets.map(({ name, isDefault }) => [name, isDefault]);
    expect(sets).toEqual(expected);
  });
});

describe('parameters', () => {
  const Live = Type.Object({
    name: Type.String(),
    type: Type.String(),
    aliases: Type.Array(Type.String()),
    values: Type.Array(Type.String()),
    sets: Type.Record(Type.String(), Type.Object({ required: Type.Boolean(), position: Type.String() })),
  });

  test('are those of the help: names, types, aliases, accepted values, and what each is in each set', async () => {
    const live = await shell.run(
      Live,
      `$command = Get-Command Connect-SecMgmtAccount
      $common = [System.Management.Automation.Cmdlet]::CommonParameters
      foreach ($p in $command.Parameters.Values) {
        if ($p.Name -in $common) { continue }
        $sets = @{}
        foreach ($set in $command.ParameterSets) {
          foreach ($own in $set.Parameters) {
            if ($own.Name -ne $p.Name) { continue }
            $position = if ($own.Position -eq [int]::MinValue) { 'Named' } else { [string] $own.Position }
            $sets[$set.Name] = @{ required = $own.IsMandatory; position = $position }
          }
        }
        @{
          name = $p.Name; type = $p.ParameterType.Name; aliases = @($p.Aliases); sets = $sets
          values = @(if ($p.ParameterType.IsEnum) { [enum]::GetNames($p.ParameterType) })
        }
      }`,
    );
    const expected = page.parameters.map(parameter => ({
      name: parameter.name,
      type: parameter.type,
      aliases: parameter.aliases,
      values: parameter.acceptedValues,
      sets: Object.fromEntries(setsOf(page, parameter)),
    }));
    const byName = (list: Static<typeof Live>[]) => list.toSorted((left, right) => (left.name < right.name ? -1 : 1));
    expect(byName(live)).toEqual(byName(expected));
  });
  test('complete their accepted values, whatever the order', async () => {
    const line = 'Connect-SecMgmtAccount -Environment ';
    const script = `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches.CompletionText`;
    const environment = page.parameters.find(({ name }) => name === 'Environment');
    expect((await shell.run(Type.String(), script)).toSorted()).toEqual(environment?.acceptedValues.toSorted());
  });

  test('complete their names', async () => {
    const line = 'Connect-SecMgmtAccount -UseDev';
    const script = `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches.CompletionText`;
    expect(await shell.run(Type.String(), script)).toEqual(['-UseDeviceAuthentication']);
  });
});

describe('help', () => {
  test('-Full shows what the help says of the command and of each parameter', async () => {
    const shown = squeeze(await shell.show('Get-Help Connect-SecMgmtAccount -Full'));
    const texts = [page.synopsis, page.description, ...page.outputs, page.frontMatter['online version'] ?? 'missing'];
    for (const text of [...texts, ...page.parameters.map(({ description }) => description)]) {
      expect(text).not.toBe('');
      expect(shown).toContain(squeeze(text));
    }
  });

  test("-Examples shows every example: title, code with its prompts, remarks, in the help's order", async () => {
    const shown = squeeze(await shell.show('Get-Help Connect-SecMgmtAccount -Examples'));
    let from = 0;
    for (const { title, code, remarks } of page.examples) {
      for (const text of [title, code, remarks]) {
        const at = shown.indexOf(squeeze(text), from);
        expect(at, `${text}\nafter character ${from} of\n${shown}`).toBeGreaterThanOrEqual(0);
        from = at + squeeze(text).length;
      }
    }
  });

  test('of an example keeps the lines of its code', async () => {
    const codes = await shell.run(Type.String(), '(Get-Help Connect-SecMgmtAccount).examples.example.code');
    expect(codes.map(code => code.replaceAll('\r', ''))).toEqual(page.examples.map(({ code }) => code));
  });

  test('-Parameter * tells type, aliases, accepted values, and in which sets a parameter is required', async () => {
    for (const parameter of page.parameters) {
      const shown = squeeze(await shell.show(`Get-Help Connect-SecMgmtAccount -Parameter ${parameter.name}`));
      expect(shown).toContain(squeeze(parameter.description));
      expect(shown).toContain(`${parameter.name}${parameter.type === 'SwitchParameter' ? '[' : ''}<${parameter.type}>`);
      expect(shown).toContain(`Aliases${parameter.aliases.join(',') || 'none'}`);
      for (const value of parameter.acceptedValues) {
        expect(shown).toContain(value);
      }
      const sets = [...setsOf(page, parameter)];
      const required = sets.filter(([, facts]) => facts.required).map(([name]) => name);
      const optional = sets.filter(([, facts]) => !facts.required).map(([name]) => name);
      expect(shown).toContain(`Required?${required.length === sets.length}`);
      if (required.length > 0 && optional.length > 0) {
        // `Required in parameter set A; optional in B and C.`
        const [, first = '', rest = ''] = /Requiredinparametersets?(.*?);optionalin(.*?)\./.exec(shown) ?? [];
        expect(first.split(/,|and/)).toEqual(required);
        expect(rest.split(/,|and/)).toEqual(optional);
      } else if (sets.length < page.sets.length) {
        expect(shown).toContain(`:${sets.map(([name]) => name).join(',')}.`);
      }
    }
  });

  test("-Parameter * shows all of them, in the help's order", async () => {
    const names = await shell.run(Type.String(), '(Get-Help Connect-SecMgmtAccount -Parameter *).name');
    expect(names).toEqual(page.parameters.map(({ name }) => name));
  });

  test('online is the page that the front matter names', async () => {
    const uris = await shell.run(
      Type.String(),
      '(Get-Command Connect-SecMgmtAccount).HelpUri; (Get-Help Connect-SecMgmtAccount).relatedLinks.navigationLink.uri',
    );
    const online = page.frontMatter['online version'];
    expect(uris).toEqual([online, online]);
  });
});

describe('module', () => {
  test('has a manifest that PowerShell accepts', async () => {
    const [manifest] = await shell.run(
      Type.Object({
        name: Type.String(),
        version: Type.String(),
        powerShell: Type.String(),
        functions: Type.Array(Type.String()),
      }),
      `$m = Test-ModuleManifest ${quote(module.manifest)} -WarningAction Stop
      @{ name = $m.Name; version = [string] $m.Version; powerShell = [string] $m.PowerShellVersion; functions = @($m.ExportedFunctions.Keys) }`,
    );
    expect(manifest).toEqual({
      name: page.frontMatter['Module Name'],
      version: '0.1.0',
      powerShell: '7.4',
      functions: cmdlets,
    });
  });

  test('exports its cmdlets and leaks nothing else', async () => {
    await using fresh = await startShell();
    const host = await readFile(path.join(module.folder, 'SecMgmt.psm1'), 'utf8');
    const ownVariables = [...new Set([...host.matchAll(/\$script:(\w+)/g)].map(([, name = '']) => name))];
    expect(ownVariables).not.toEqual([]);
    const [found] = await fresh.run(
      Type.Object({
        exported: Type.Array(Type.String()),
        variables: Type.Array(Type.String()),
        commands: Type.Array(Type.String()),
      }),
      `$own = ${ownVariables.map(quote).join(', ')}
      $before = @(Get-Command -ListImported).Name
      $m = Import-Module ${quote(module.manifest)} -PassThru
      $after = @(Get-Command -ListImported).Name
      @{
        exported = @($m.ExportedCommands.Keys); variables = @($m.ExportedVariables.Keys) + @($own.Where({ $ExecutionContext.SessionState.PSVariable.Get("global:$_") }))
        commands = @(foreach ($name in $after) { if ($name -notin $before) { $name } })
      }`,
    );
    expect(found).toEqual({ exported: cmdlets, variables: [], commands: cmdlets });
  });
});

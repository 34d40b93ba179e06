import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readReport, runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// Types of objects that the handlers declare are held against the handlers, the views and the help.

async function declare(properties: string): Promise<void> {
  await sample.edit(
    'get-greeting.ts',
    'interface GreetingPlan',
    `export const Greeting = declareOutput('Sample.Greeting', { ${properties} });\n\ninterface GreetingPlan`,
  );
  await sample.edit('get-greeting.ts', "typedObject('Sample.Greeting', ", 'Greeting(');
  await sample.edit('get-greeting.ts', ', typedObject }', ', declareOutput, Type }');
  await sample.edit(
    'main.ts',
    'serveCore(cmdlets, parameterValidators)',
    'serveCore(cmdlets, parameterValidators, { outputs: [Greeting] })',
  );
  await sample.edit('main.ts', 'import { getGreeting }', 'import { Greeting, getGreeting }');
}

const build = async () => readReport((await runCommand(['build', 'Sample', '--json'], sample.cwd)).stdout);

test('an object that is not as it is declared does not compile', async () => {
  await declare('Name: Type.String(), Text: Type.Number()');
  const { ok, diagnostics } = await build();
  expect(ok).toBe(false);
  expect(diagnostics).toMatchObject([
    {
      code: 'type-error',
      file: 'Sample/get-greeting.ts',
      message: expect.stringContaining("'string' is not assignable to type 'number'"),
    },
  ]);
});

test('a column of a view that shows no declared property is an error with its line', async () => {
  await declare('Name: Type.String(), Text: Type.String()');
  expect(await build()).toMatchObject({ ok: true, diagnostics: [] });
  expect(await sample.read('module/Sample/views/Sample.types.ps1xml')).toContain('<Name>Text</Name>');
  await sample.edit('module.json', '"property": "Text"', '"property": "Txt"');
  const line = (await sample.read('module.json')).split('\n').findIndex(text => text.includes('Txt')) + 1;
  expect((await build()).diagnostics).toMatchObject([
    {
      code: 'settings-name-unknown',
      file: 'Sample/module.json',
      line,
      message: "/views/0/columns/1/property is 'Txt', and objects of Sample.Greeting have no property Txt.",
      expected: "Did you mean 'Text'?",
    },
  ]);
});

test('a declared type that no OUTPUTS names is an error', async () => {
  await declare('Name: Type.String(), Text: Type.String()');
  await sample.edit('get-greeting.ts', "declareOutput('Sample.Greeting'", "declareOutput('Sample.Greetings'");
  expect((await build()).diagnostics).toMatchObject([
    { code: 'settings-name-unknown', file: 'Sample/main.ts', expected: "Did you mean 'Sample.Greeting'?" },
  ]);
});

test('a parameter that takes a declared output has its members in TypeScript, and no others', async () => {
  const page = 'help/Get-SampleGreeting.md';
  await sample.edit(page, '[-Language <string>]', '[-Language <Greeting>]');
  await sample.edit(page, 'Type: System.String\nDefaultValue: English', "Type: Greeting\nDefaultValue: ''");
  await sample.edit(page, 'AcceptedValues:\n- English\n- French\n- German', 'AcceptedValues: []');
  const declaration = "declareOutput('Sample.Greeting', { Name: Type.String(), Text: Type.String() })";
  await writeFile(
    sample.file('outputs.ts'),
    `import { declareOutput, Type } from 'ts-cmdlet';\n\nexport const Greeting = ${declaration};\nexport const outputs = [Greeting] as const;\n`,
  );
  await sample.edit('module.json', '"views"', '"outputs": "outputs.ts",\n  "views"');
  await sample.edit('get-greeting.ts', 'GetSampleGreetingDefaults, ', '');
  await sample.edit('get-greeting.ts', 'Language = GetSampleGreetingDefaults.Language', 'Language');
  await sample.edit('get-greeting.ts', 'greetings[Language]', 'Language?.properties.Txt ?? greetings.English');
  expect((await build()).diagnostics).toMatchObject([
    {
      code: 'type-error',
      file: 'Sample/get-greeting.ts',
      message: expect.stringContaining("Property 'Txt' does not exist on type"),
    },
  ]);
  await sample.edit('get-greeting.ts', 'properties.Txt', 'properties.Text');
  expect(await build()).toMatchObject({ ok: true, diagnostics: [] });
});

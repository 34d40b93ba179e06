import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildModule } from '../../src/build/build-module.ts';
import { bundleCore } from '../../src/build/bundle-core.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { block, commandHelp, moduleSettings, parameter, syntaxItem } from '../support/help-models.ts';

// Validators that are compiled ahead, as a bundle has them.

let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'validators-'));
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

test('a module of 100 cmdlets, some with pipeline input, is built, and each cmdlet works', async () => {
  const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
  const takesPipelineInput = (number: number) => number % 4 === 0;
  const paths = {
    root: scratch,
    help: path.join(scratch, 'help'),
    settings: path.join(scratch, 'module.json'),
    entry: path.join(scratch, 'main.ts'),
    types: path.join(scratch, 'generated'),
    modules: path.join(scratch, 'module'),
  };
  await mkdir(paths.help);
  for (const number of numbers) {
    const name = `Get-Widget${number}`;
    // No two cmdlets have the same parameter, so that a validator in another's place refuses the call.
    const own = parameter(`Value${number}`, { blocks: [block({ valueFromPipeline: takesPipelineInput(number) })] });
    const help = commandHelp(name, [own], { syntax: [syntaxItem('__AllParameterSets', [own], true)] });
    await writeFile(path.join(paths.help, `${name}.md`), writeCommandHelp(help, '2024-05-01'));
  }
  await writeFile(paths.settings, JSON.stringify(moduleSettings()));
  await writeFile(
    paths.entry,
    `import { defineCmdlet, definePipelineCmdlet, serveCore } from 'ts-cmdlet';
    import { parameterValidators } from './generated/parameter-validators.ts';
    const plan = parameters => ({ parameters });
    const run = async ({ parameters }, invocation) => invocation.writeObject(JSON.stringify(parameters));
    const cmdlet = number => (number % 4 === 0 ? definePipelineCmdlet(() => ({ plan, run })) : defineCmdlet({ plan, run }));
    const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
    serveCore(Object.fromEntries(numbers.map(number => ['Get-Widget' + number, cmdlet(number)])), parameterValidators);`,
  );
  const { folder } = await buildModule(paths);

  await using shell = await startShell(path.join(folder, 'Widgets.psd1'));
  const calls = numbers.map(number =>
    takesPipelineInput(number)
      ? `'a', 'b' | Get-Widget${number}`
      : `Get-Widget${number} -Value${number} 'a'; Get-Widget${number}`,
  );
  const output = await shell.run(Type.String(), calls.join('\n'));
  const set = { parameterSetName: '__AllParameterSets' };
  expect(output.map(json => JSON.parse(json))).toEqual(
    numbers.flatMap(number => {
      const value = (text: string) => ({ ...set, [`Value${number}`]: text });
      return takesPipelineInput(number) ? [value('a'), value('b')] : [value('a'), set];
    }),
  );
});

test('what a module of validators exports may have any name, and two of its schemas the same $id', async () => {
  const names = [
    'schema11',
    'validate10',
    'func1',
    'validatorOf',
    'export0',
    'module',
    'ajv',
    'default',
    'with a space',
  ];
  const entry = path.join(scratch, 'main.ts');
  // Each accepts its own name and no other.
  const validators = names.map(
    (
      name,
      index,
    ) => `const own${index} = compileValidator({ $id: 'name', type: 'string', const: ${JSON.stringify(name)} });
      export { own${index} as ${JSON.stringify(name)} };`,
  );
  await writeFile(
    path.join(scratch, 'odd-validators.ts'),
    ["import { compileValidator } from 'ts-cmdlet';", ...validators].join('\n'),
  );
  await writeFile(
    entry,
    `import * as odd from './odd-validators.ts';
    const names = Object.keys(odd);
    console.log(JSON.stringify(names.map(name => [name, names.filter(other => odd[name].accepts(other))])));`,
  );
  for (const { file, content } of (await bundleCore(entry, scratch)).files) await writeFile(file, content);
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(scratch, 'core.mjs')]);
  expect(new Map(JSON.parse(stdout))).toEqual(new Map(names.map(name => [name, [name]])));
});

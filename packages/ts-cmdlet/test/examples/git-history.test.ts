import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../cli/command.ts';
import { allEnded } from '../host/processes.ts';
import { type GitRepository, makeRepository } from './git-repository.ts';

// The example module, built by the command that its author runs, over repositories that git made.

const example = path.join(import.meta.dirname, '..', '..', 'examples', 'git-history');
const ada = 'Ada Lovelace <ada@example.com>';
const jose = 'José Núñez <jose@example.com>';

let scratch: string;
let manifest: string;
let repository: GitRepository;
let shell: TestShell;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'git-history-'));
  const { code, stderr } = await runCommand(['build', example, '--out', scratch], scratch);
  if (code !== 0) throw new Error(stderr);
  manifest = path.join(scratch, 'GitHistory', 'GitHistory.psd1');
  repository = await makeRepository([
    { author: ada, date: '1704103200 +0000', subject: 'Start' },
    { author: jose, date: '1706788800 +0230', subject: "Añade 'señales' \u{1F389}" },
    { author: ada, date: '1709298000 -0800', subject: 'Go on' },
    { author: ada, date: '1714557600 +0000', subject: 'Finish' },
  ]);
  shell = await startShell(manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await repository?.[Symbol.asyncDispose]();
  await rm(scratch, { recursive: true, force: true });
});

const there = () => quote(repository.folder);
const texts = (script: string) => shell.run(Type.String(), script);

test('the committed types are what the help gives, and the handlers fit', async () => {
  expect(await runCommand(['check', example, '--strict', '--out', path.join(scratch, 'none')], scratch)).toEqual({
    code: 0,
    stdout: 'All is as the help says.\n',
    stderr: '',
  });
});

describe('Get-GitCommit', () => {
  test('gets what git log tells, the newest first', async () => {
    const log = await repository.git('log', '--format=%H|%h|%P|%aN|%aE|%at|%s');
    const script = `Get-GitCommit ${there()} |
      ForEach-Object { @($_.Hash, $_.ShortHash, ($_.Parents -join ' '), $_.Author, $_.Email, $_.Date.ToUnixTimeSeconds(), $_.Subject) -join '|' }`;
    expect(await texts(script)).toEqual(log.trimEnd().split('\n'));
  });

  test("a commit's date keeps the author's offset", async () => {
    const script = `(Get-GitCommit ${there()}).Date | ForEach-Object { $_.GetType().FullName + ' ' + $_.ToString('yyyy-MM-ddTHH:mm:sszzz') }`;
    expect(await texts(script)).toEqual([
      'System.DateTimeOffset 2024-05-01T10:00:00+00:00',
      'System.DateTimeOffset 2024-03-01T05:00:00-08:00',
      'System.DateTimeOffset 2024-02-01T14:30:00+02:30',
      'System.DateTimeOffset 2024-01-01T10:00:00+00:00',
    ]);
  });

  test.each([
    ['-Author jose@', ["Añade 'señales' \u{1F389}"]],
    ['-Author jose@, Lovelace -MaxCount 2', ['Finish', 'Go on']],
    // No regular expression.
    ['-Author j.se', []],
    ['-Since 2024-02-15 -Until 2024-04-01', ['Go on']],
    ["-Since ([System.DateTimeOffset] '2024-05-01T09:59:59Z').UtcDateTime", ['Finish']],
    ["-Since ([System.DateTimeOffset] '2024-05-01T12:00:01+02:00').LocalDateTime", []],
    ['-MaxCount 1', ['Finish']],
  ])('%s', async (options, expected) => {
    expect(await texts(`Get-GitCommit ${there()} ${options} | ForEach-Object { $_.Subject }`)).toEqual(expected);
  });

  test('-MaxCount 0 is refused before git runs', async () => {
    await expect(texts(`Get-GitCommit ${there()} -MaxCount 0`)).rejects.toThrow('ParameterArgumentValidationError');
  });

  test("the current location is PowerShell's, and so are relative paths and what comes through the pipeline", async () => {
    const script = `[void] $ExecutionContext.SessionState.Path.SetLocation(${there()}); [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine(${there()}, 'sub'))
      (Get-GitCommit -MaxCount 1).Subject; (Get-GitCommit ./sub -MaxCount 1).Subject
      ('./sub', ${there()} | Get-GitCommit -MaxCount 1).Subject`;
    expect(await texts(script)).toEqual(['Finish', 'Finish', 'Finish', 'Finish']);
  });

  test('its commits are shown as a table', async () => {
    const shown = await shell.show(`Get-GitCommit ${there()} -MaxCount 1`);
    expect(shown).toMatch(/^Commit +Date +Author +Subject/m);
    expect(shown).toMatch(/Ada Lovelace +Finish/);
  });

  test('its commits have an age and an id, and another view by days', async () => {
    expect(
      await texts(`$c = Get-GitCommit ${there()} -MaxCount 1; [string] ($c.Id -eq $c.Hash); $c.Age.GetType().Name`),
    ).toEqual(['True', 'TimeSpan']);
    const shown = await shell.show(`Get-GitCommit ${there()} -MaxCount 1 | Format-Table -View day | Out-String`);
    expect(shown).toMatch(/Author: Ada Lovelace/);
    expect(shown).toMatch(/^2024-05-01 +\w+ +Finish/m);
  });

  test('a repository without a commit has none', async () => {
    await using empty = await makeRepository([]);
    expect(await texts(`Get-GitCommit ${quote(empty.folder)}; Get-GitContributor ${quote(empty.folder)}`)).toEqual([]);
  });
});

describe('a long history', () => {
  const length = 60_000;
  let long: GitRepository;
  let trace: string;
  let traced: TestShell;

  beforeAll(async () => {
    long = await makeRepository(
      Array.from({ length }, (_, index) => ({
        author: ada,
        date: `${1_000_000_000 + index * 60} +0000`,
        subject: `Commit ${index}`,
      })),
    );
    // git itself tells how each of its processes ends: https://git-scm.com/docs/api-trace2
    trace = path.join(scratch, 'trace2.json');
    traced = await startShell(manifest, { GIT_TRACE2_EVENT: trace });
  });

  afterAll(async () => {
    await traced?.[Symbol.asyncDispose]();
    await long?.[Symbol.asyncDispose]();
  });

  test('Select-Object gets the first commit while git is at work, and that ends git before it is done', async () => {
    const script = `Get-GitCommit ${quote(long.folder)} | ForEach-Object {
      $_.Subject
      [string] [System.IO.File]::ReadAllText(${quote(trace)}).Contains('"event":"exit"')
    } | Select-Object -First 2`;
    expect(await traced.run(Type.String(), script)).toEqual([`Commit ${length - 1}`, 'False']);
    const events = await readFile(trace, 'utf8');
    const ids = [...events.matchAll(/"event":"start","sid":"[^"]*-P([0-9a-f]{8})"/g)].map(([, id = '']) =>
      parseInt(id, 16),
    );
    expect(ids).toHaveLength(1);
    await allEnded(ids);
    expect(await readFile(trace, 'utf8')).not.toMatch(/"event":"exit".*"code":0\b/);
  });

  test('Get-GitContributor counts it whole', async () => {
    const script = `$records = Get-GitContributor ${quote(long.folder)}; $records.Commits; $records.FirstCommit.ToUnixTimeSeconds(), $records.LastCommit.ToUnixTimeSeconds()`;
    expect(await traced.run(Type.Integer(), script)).toEqual([
      length,
      1_000_000_000,
      1_000_000_000 + (length - 1) * 60,
    ]);
  });
});

test('Get-GitContributor counts the commits of each author, who has most first', async () => {
  const script = `Get-GitContributor ${there()} | ForEach-Object { @($_.Commits, $_.Name, $_.Email, $_.FirstCommit.ToUnixTimeSeconds(), $_.LastCommit.ToUnixTimeSeconds()) -join '|' }`;
  expect(await texts(script)).toEqual([
    '3|Ada Lovelace|ada@example.com|1704103200|1714557600',
    '1|José Núñez|jose@example.com|1706788800|1706788800',
  ]);
});

test('Get-GitContributor counts several repositories together, passing over a folder that is none', async () => {
  await using other = await makeRepository([{ author: jose, date: '1800000000 +0000', subject: 'Elsewhere' }]);
  const script = `$paths = ${quote(other.folder)}, ${quote(scratch)}, ${there()}
    $paths | Get-GitContributor -ErrorAction SilentlyContinue -ErrorVariable failed | ForEach-Object { "$($_.Commits) $($_.Name)" }
    $failed.FullyQualifiedErrorId`;
  expect(await texts(script)).toEqual(['3 Ada Lovelace', '2 José Núñez', 'RepositoryNotFound,Get-GitContributor']);
});

test('Get-GitContributor -MinimumCommits is of the whole pipeline, whatever comes through it', async () => {
  const script = (paths: string) => `${paths} | Get-GitContributor -MinimumCommits 4 | ForEach-Object { $_.Name }`;
  expect(await texts(script(there()))).toEqual([]);
  expect(await texts(script(`${there()}, ${there()}`))).toEqual(['Ada Lovelace']);
  await expect(texts(`Get-GitContributor ${there()} -MinimumCommits 0`)).rejects.toThrow(
    'ParameterArgumentValidationError',
  );
});

describe('Add-GitTag', () => {
  test('-WhatIf tells the tag and adds none', async () => {
    await texts(`Add-GitTag preview -Path ${there()} -WhatIf`);
    expect(shell.screen.at(-1)).toBe(
      'What if: Performing the operation "Add the tag preview" on target "commit HEAD".',
    );
    expect(await repository.git('tag', '--list', 'preview')).toBe('');
  });

  test('adds a tag to HEAD, with a message an annotated one', async () => {
    expect(
      await texts(`Add-GitTag v1 -Path ${there()}; Add-GitTag v2 -Message 'Second version' -Path ${there()}`),
    ).toEqual([]);
    expect(
      await repository.git('for-each-ref', '--format=%(refname:short) %(objecttype) %(subject)', 'refs/tags/v*'),
    ).toBe('v1 commit Finish\nv2 tag Second version\n');
  });

  test('takes the commit and its repository from the pipeline', async () => {
    const script = `Get-GitCommit ${there()} -Author jose | Add-GitTag reviewed -PassThru | ForEach-Object { $_.Name, $_.Commit }`;
    const [hash = ''] = (await repository.git('log', '--format=%H', '--author=jose')).split('\n');
    expect(await texts(script)).toEqual(['reviewed', hash]);
    expect(await repository.git('rev-parse', 'reviewed')).toBe(`${hash}\n`);
  });

  test('the properties of a tag complete', async () => {
    const line = '(Add-GitTag v1 -PassThru).';
    const script = `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches | ForEach-Object { $_.CompletionText }`;
    expect(await texts(script)).toEqual(['Commit', 'Name', 'Path']);
  });

  test('a name that looks like an option is a name', async () => {
    await expect(texts(`Add-GitTag '--list' -Path ${there()}`)).rejects.toThrow('InvalidTagName,Add-GitTag');
  });
});

describe('Remove-GitTag', () => {
  const tags = () => repository.git('tag', '--list', 'old*');

  test('-WhatIf tells each tag that the pattern finds, with -Force too, and removes none', async () => {
    await texts(`'old1', 'old2' | ForEach-Object { Add-GitTag $_ -Path ${there()} }`);
    const before = shell.screen.length;
    await texts(`Remove-GitTag 'old*' -Force -WhatIf -Path ${there()}`);
    const told = (name: string) => `What if: Performing the operation "Remove" on target "tag ${name}".`;
    expect(shell.screen.slice(before)).toEqual([told('old1'), told('old2')]);
    expect(await tags()).toBe('old1\nold2\n');
  });

  test('Tab completes the tags of the repository that -Path names', async () => {
    const line = `Remove-GitTag -Path ${there()} old`;
    const script = `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches | ForEach-Object { $_.CompletionText }`;
    expect(await texts(script)).toEqual(['old1', 'old2']);
  });

  test('-Force removes them without a question, and without it nobody can be asked here', async () => {
    await expect(texts(`Remove-GitTag old1 -Path ${there()}`)).rejects.toThrow('Remove-GitTag');
    expect(await tags()).toBe('old1\nold2\n');
    await texts(`'old1', 'old2' | Remove-GitTag -Force -Path ${there()}`);
    expect(await tags()).toBe('');
  });
});

describe('errors', () => {
  test.each([
    ['a folder that is no repository', () => `Get-GitCommit ${quote(scratch)}`, 'RepositoryNotFound', 'ObjectNotFound'],
    [
      'a folder that does not exist',
      () => `Get-GitCommit ${quote(path.join(scratch, 'none'))}`,
      'RepositoryNotFound',
      'ObjectNotFound',
    ],
    ['a place that is no folder', () => 'Get-GitCommit Env:', 'PathNotInFileSystem', 'InvalidArgument'],
    [
      'a tag that exists',
      () => `Add-GitTag taken -Path ${there()}; Add-GitTag taken -Path ${there()}`,
      'TagExists',
      'ResourceExists',
    ],
    [
      'a commit that does not exist',
      () => `Add-GitTag lost -Commit 0badc0de -Path ${there()}`,
      'CommitNotFound',
      'ObjectNotFound',
    ],
  ])('%s', async (_what, call, errorId, category) => {
    const script = `try { ${call()} } catch { $_.FullyQualifiedErrorId.Split(',')[0]; "$($_.CategoryInfo.Category)"; $_.ErrorDetails.RecommendedAction }`;
    expect(await texts(script)).toEqual([errorId, category, expect.stringMatching(/\w/)]);
  });

  test('where there is no git, it says where to get it', async () => {
    // Node is named, because it is found by the PATH too.
    await using bare = await startShell(manifest, { PATH: scratch, GITHISTORY_NODE: process.execPath });
    await expect(bare.run(Type.String(), 'Get-GitCommit .')).rejects.toThrow(
      /GitNotFound,Get-GitCommit: Git was not found/,
    );
  });
});

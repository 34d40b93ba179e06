/**
 * Every finding of the help reader: its stable code, how grave it is, and what it means.
 *
 * `error`: no right module can be generated from the page, or nobody can know which of two statements is right where a
 * parameter's existence, its type or its place hangs on it. `warning`: the page is read, with what is said here.
 */
export const DIAGNOSTIC_CODES = {
  // The page as a whole
  'encoding-unknown': ['error', 'The file is neither UTF-8 nor UTF-16 with a BOM.'],
  'document-type': ['error', 'The page is of another document type than the reader is for.'],
  'front-matter-missing': ['error', 'The page does not begin with front matter between two `---` lines.'],
  'front-matter-invalid': ['warning', 'A line of the front matter is neither YAML nor `key: value`: it is left out.'],
  'front-matter-duplicate-key': ['warning', 'The front matter gives one key two values: the first is taken.'],
  'front-matter-not-carried': ['warning', 'The front matter says something that the model has no place for.'],
  'schema-missing': ['warning', 'The front matter names no schema: it is told from the yaml blocks.'],
  'schema-unknown': [
    'warning',
    'The front matter names a schema that this reader does not know: it is told from the yaml blocks.',
  ],
  'module-name-assumed': ['warning', 'The front matter does not name the module: the name of the MAML file does.'],
  'module-name-missing': ['error', 'The front matter names neither the module nor a MAML file.'],
  'external-help-file-invalid': ['warning', 'The name of the MAML file is a path: the last part of it is taken.'],
  'markdown-unreadable': ['error', 'The Markdown is nested too deeply to be read.'],
  'code-fence-unclosed': ['error', 'A code fence is opened and never closed, so it swallows the rest of the page.'],
  'html-unclosed': ['error', 'A comment or a tag such as <pre> is never closed, so it swallows the rest of the page.'],
  'command-name-missing': ['error', 'The page has no level 1 heading with the name of the command.'],
  'command-name-assumed': [
    'warning',
    'The level 1 heading does not name the command; SYNTAX does, and so does the title or the file.',
  ],
  'command-name-invalid': ['error', 'The level 1 heading is not a name that a command can have.'],
  'command-name-mismatch': ['warning', "SYNTAX has another command's name than the level 1 heading, which is taken."],
  'title-mismatch': ['warning', "The front matter's title is not the command's name."],
  'title-repeated': ['warning', 'A page has one level 1 heading; the next one is read as a heading in the text.'],
  'command-duplicate': ['error', 'Two pages are help of the same command.'],
  'module-page-value': ['warning', "A key of a module page's front matter has a value that means nothing."],
  'module-page-repeated': ['warning', 'The folder has two pages of one module.'],
  'module-page-command': ['warning', 'The module page and the pages of its commands are not of the same commands.'],
  'page-not-help': [
    'warning',
    'A page of the folder is nothing of PlatyPS, such as an index or a README: it is left out.',
  ],
  'folder-without-help': ['error', 'The folder has no help page of a command.'],

  // Sections
  'section-missing': ['error', 'A section is missing without which no command can be generated.'],
  'parameters-missing': ['warning', 'The page has no PARAMETERS: what SYNTAX shows of the parameters is taken.'],
  'section-unknown': ['warning', 'The schema has no such section: its text is not carried.'],
  'section-repeated': ['warning', 'A section stands twice: both are read as one.'],
  'heading-doubtful': [
    'warning',
    'A heading has another level or form than the schema gives it; it is read all the same.',
  ],
  'synopsis-missing': ['warning', 'The page has no synopsis, or the topic no short description.'],
  'text-not-carried': ['warning', 'Text stands where the schema has none: it is not carried.'],
  'placeholder-text': ['warning', 'A text that the author was meant to fill in is still there.'],

  // SYNTAX
  'syntax-missing': ['error', 'SYNTAX has no code block.'],
  'syntax-block-missing': ['warning', 'A set of SYNTAX has no code block: it is taken from PARAMETERS.'],
  'syntax-not-fenced': ['warning', 'A syntax stands outside of a code block; it is read all the same.'],
  'syntax-unreadable': [
    'warning',
    'A part of SYNTAX is not in the notation of `Get-Command -Syntax`: its name is read, and PARAMETERS tells the rest.',
  ],
  'syntax-set-unnamed': [
    'warning',
    'There are several syntax items, and one has no heading with its set: its parameters tell the set.',
  ],
  'syntax-set-duplicate': ['warning', 'Two syntax items are of the same parameter set: both are read as one.'],
  'syntax-set-name': ['warning', 'The heading of a syntax item has a text behind `(Default)`: it is left out.'],
  'syntax-default-repeated': ['warning', 'Two syntax items are marked `(Default)`: the first is the default.'],
  'syntax-provider-item': [
    'warning',
    'A syntax item shows a set as it is in the drives of one provider: it is left out.',
  ],
  'syntax-common-parameter': [
    'warning',
    'SYNTAX has a common parameter that PARAMETERS does not describe: it is left out, as every cmdlet has it.',
  ],
  'syntax-parameter-duplicate': ['warning', 'A syntax item has a parameter twice: the first is taken.'],

  // PARAMETERS
  'parameter-name-invalid': ['error', 'A heading in PARAMETERS is not a parameter name.'],
  'parameter-duplicate': ['warning', 'PARAMETERS describes a parameter twice: both are read as one.'],
  'parameter-yaml-missing': ['error', 'A parameter has no yaml block, and SYNTAX does not show it.'],
  'parameter-yaml-assumed': ['warning', 'A parameter has no yaml block: it is declared as SYNTAX has it.'],
  'parameter-yaml-invalid': ['error', 'A yaml block cannot be read.'],
  'parameter-yaml-line': ['warning', 'A line of a yaml block has no key or no colon: how it is read is said.'],
  'parameter-yaml-key-repeated': ['warning', 'A yaml block has a key twice with the same value: one is left out.'],
  'parameter-yaml-key-duplicate': ['error', 'A yaml block has a key twice, with different values.'],
  'parameter-yaml-key-unknown': ['warning', 'A yaml block has a key that the schema does not know: it is not carried.'],
  'parameter-yaml-key-missing': ['warning', "A yaml block lacks a key: PlatyPS's default is taken."],
  'parameter-yaml-not-carried': ['warning', 'A yaml block says something that the model has no place for.'],
  'parameter-yaml-value': [
    'warning',
    'A key of a yaml block has a value that means nothing: SYNTAX is taken, or the default.',
  ],
  'parameter-yaml-doubtful': ['warning', 'A key of a yaml block has a doubtful value; how it is read is said.'],
  'parameter-yaml-schema': ['warning', 'A yaml block is in the form of the other schema; it is read all the same.'],
  'parameter-type-missing': ['warning', 'A yaml block has no type: the type is taken from SYNTAX, or is Object.'],
  'parameter-type-conflict': ['error', 'The yaml blocks of a parameter give it different types.'],
  'parameter-blocks-differ': [
    'warning',
    'Aliases, accepted values or defaults differ between the yaml blocks of a parameter.',
  ],
  'parameter-text-after-yaml': [
    'warning',
    "Text follows a parameter's yaml block: it is read as part of the description.",
  ],
  'parameter-all-sets-mixed': [
    'warning',
    '`(All)` stands beside a set name: it is read as the other sets in which SYNTAX has the parameter.',
  ],
  'parameter-set-repeated': [
    'warning',
    'Two yaml blocks of a parameter say the same of the same set: one is left out.',
  ],
  'parameter-set-conflict': ['error', 'Two yaml blocks of a parameter say different things of the same set.'],
  'alias-invalid': ['warning', 'An alias is not a name that a parameter can have: it is left out.'],
  'alias-collision': [
    'warning',
    'An alias is the name or an alias of another parameter: it is left out where it comes second.',
  ],

  // SYNTAX against PARAMETERS
  'parameter-set-unknown': [
    'warning',
    'A yaml block names a set that SYNTAX does not have: its parameters tell the set that is meant, or it is a set of its own.',
  ],
  'parameter-not-described': [
    'warning',
    'SYNTAX has a parameter that PARAMETERS does not describe: it is declared as SYNTAX has it.',
  ],
  'parameter-not-in-syntax': [
    'warning',
    'PARAMETERS describes a parameter that SYNTAX does not have at all: it is taken as PARAMETERS has it.',
  ],
  'parameter-name-mismatch': [
    'warning',
    'PARAMETERS and SYNTAX have a parameter each that the other lacks, whose names differ by a letter: it is one, called as in SYNTAX, with the other name as an alias.',
  ],
  'parameter-of-provider': [
    'warning',
    'Parameters are only in the drives of a provider: they are ordinary ones in all sets.',
  ],
  'parameter-set-membership': [
    'warning',
    'SYNTAX and PARAMETERS disagree on whether a parameter is in a set: it is where either has it.',
  ],
  'required-mismatch': ['warning', 'SYNTAX and PARAMETERS disagree on Required: PARAMETERS is taken.'],
  'position-mismatch': ['warning', 'SYNTAX and PARAMETERS disagree on Position: PARAMETERS is taken.'],
  'accepted-values-mismatch': [
    'warning',
    'SYNTAX and PARAMETERS disagree on the accepted values: PARAMETERS is taken.',
  ],
  'position-duplicate': ['warning', 'PARAMETERS has two parameters of a set at one position: SYNTAX parts them.'],
  'type-mismatch': [
    'warning',
    'SYNTAX and PARAMETERS disagree on the type: PARAMETERS is taken, but SYNTAX where PARAMETERS has a String or a switch.',
  ],
  'common-parameters-mismatch': [
    'warning',
    'SYNTAX and PARAMETERS disagree on the common parameters: SYNTAX is taken.',
  ],

  // ALIASES, EXAMPLES, INPUTS, OUTPUTS
  'command-alias-doubtful': [
    'warning',
    'ALIASES has a text that is no name, or a name on a condition: no alias is made.',
  ],
  'example-untitled': [
    'warning',
    'Text in EXAMPLES stands before the first heading: it is read as an untitled example.',
  ],
  'example-without-code': ['warning', 'An example has no code block: commands in it are read as prose.'],
  'type-without-heading': [
    'warning',
    'INPUTS or OUTPUTS has a type or a text below no heading: the text describes the type that it names, or Object.',
  ],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

/** A code of the table. */
export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

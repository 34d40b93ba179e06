import type { DiagnosticCode } from '../../src/help/diagnostic-codes.ts';
import { part, SAMPLE_PAGE } from './sample-page.ts';

const page = SAMPLE_PAGE;
const parameterId = part(page, '### -Id', '### -Name');
const parameterName = part(page, '### -Name', '### -Tag');
const yamlOfTag = part(page, '```yaml\nType: String[]', '### CommonParameters').trim();
const fence = '```';
const bodyOfId = part(parameterId, 'Type: Guid', fence);
const BODY_2024 = 'Type: Guid\nParameterSets:\n- Name: ById\n  Position: Named\n  IsRequired: true\n';

/** What to change in the sample page, and the line (by its text) where the finding is then expected. */
export type DiagnosticCase = { edits: [from: string, to: string][]; at: string };

/** For each code slips of the sample page that give it; docs/diagnostics.md has the first. */
export const DIAGNOSTIC_CASES: Partial<Record<DiagnosticCode, DiagnosticCase[]>> = {
  'front-matter-missing': [{ edits: [['---\n', '']], at: 'external help file' }],
  'front-matter-invalid': [{ edits: [['schema: 2.0.0', 'schema: 2.0.0\nno key here']], at: 'no key here' }],
  'front-matter-duplicate-key': [
    { edits: [['schema: 2.0.0', 'schema: 2.0.0\nmodule name: Other']], at: 'module name: Other' },
  ],
  'front-matter-not-carried': [
    { edits: [['online version:', 'HelpUri: https://example.org/\nonline version:']], at: 'online version:' },
    { edits: [['schema: 2.0.0', 'schema: 2.0.0\nLocale: [en-US, de-DE]']], at: 'Locale:' },
  ],
  'document-type': [{ edits: [['schema: 2.0.0', 'schema: 2.0.0\ndocument type: module']], at: '---' }],
  'schema-unknown': [{ edits: [['schema: 2.0.0', 'schema: 1.0.0']], at: 'schema: 1.0.0' }],
  'schema-missing': [{ edits: [['schema: 2.0.0\n', '']], at: '---' }],
  'module-name-assumed': [{ edits: [['Module Name: Sample\n', '']], at: '---' }],
  'module-name-missing': [
    {
      edits: [
        ['Module Name: Sample\n', ''],
        ['Sample-Help.xml', 'help.xml'],
      ],
      at: '---',
    },
    { edits: [[part(page, 'external help file', '---\n\n#'), '']], at: '---' },
  ],
  'external-help-file-invalid': [{ edits: [['Sample-Help.xml', '../Help.xml']], at: '../Help.xml' }],
  'markdown-unreadable': [{ edits: [['Gets the things', `${'>'.repeat(20_000)}Gets the things`]], at: '' }],
  'code-fence-unclosed': [
    { edits: [['```\n\n### ById', '\n### ById']], at: 'Get-Thing [-Name]' },
    { edits: [['[Set-Thing](Set-Thing.md)', `${fence}text\nopen`]], at: `${fence}text` },
  ],
  'html-unclosed': [
    { edits: [['Gets the things', '<!-- not yet\nGets the things']], at: '<!-- not yet' },
    { edits: [['## NOTES\n', '## NOTES\n<PRE class="a">\nx\n']], at: '<PRE' },
  ],
  'command-name-missing': [{ edits: [['# Get-Thing\n', '']], at: '## SYNOPSIS' }],
  'command-name-assumed': [
    {
      edits: [
        ['# Get-Thing', '# Get things'],
        ['schema: 2.0.0', 'schema: 2.0.0\ntitle: Get-Thing'],
      ],
      at: '# Get things',
    },
  ],
  'command-name-invalid': [{ edits: [['# Get-Thing', '# Get things']], at: '# Get things' }],
  'command-name-mismatch': [{ edits: [['Get-Thing -Id', 'Get-Things -Id']], at: 'Get-Things -Id' }],
  'title-mismatch': [{ edits: [['schema: 2.0.0', 'schema: 2.0.0\ntitle: Set-Thing']], at: 'title: Set-Thing' }],
  'title-repeated': [{ edits: [['## NOTES\n', '## NOTES\n\n# More\n']], at: '# More' }],
  'section-missing': [{ edits: [[part(page, '## SYNTAX', '## DESCRIPTION'), '']], at: '# Get-Thing' }],
  'parameters-missing': [{ edits: [[part(page, '## PARAMETERS', '## INPUTS'), '']], at: 'Get-Thing [-Name]' }],
  'section-unknown': [{ edits: [['## NOTES', '## HISTORY\nLong.\n\n## NOTES']], at: '## HISTORY' }],
  'section-repeated': [{ edits: [['## INPUTS', '## Notes\nMore.\n\n## INPUTS']], at: '## NOTES' }],
  'heading-doubtful': [
    { edits: [['### -Id', '#### -Id']], at: '#### -Id' },
    { edits: [['### -Id', '## -Id']], at: '## -Id' },
    { edits: [['### -Id', '### Id']], at: '### Id' },
    { edits: [['## INPUTS', '# INPUTS']], at: '# INPUTS' },
    { edits: [['### Example 1', '#### Example 1']], at: '#### Example 1' },
    { edits: [['### System.String', '###']], at: '###' },
    { edits: [['### -Id', '### -Id <Guid>']], at: '### -Id <Guid>' },
    { edits: [['## OUTPUTS', '## OUTPUT']], at: '## OUTPUT' },
    { edits: [['## NOTES\n', '##NOTES\n']], at: '##NOTES' },
    { edits: [['Gets the things', 'Gets\n###-Old\nthe things']], at: '###-Old' },
    { edits: [['## NOTES\n', '\u00a0## NOTES\n']], at: '\u00a0## NOTES' },
    { edits: [['## NOTES\n', '\ufeff## NOTES\n']], at: '\ufeff## NOTES' },
    { edits: [['### Example 1: Get a thing', '###']], at: '###' },
  ],
  'synopsis-missing': [{ edits: [['Gets things.\n', '']], at: '## SYNOPSIS' }],
  'text-not-carried': [
    { edits: [['# Get-Thing\n', '# Get-Thing\nIntro.\n']], at: 'Intro.' },
    { edits: [['## SYNTAX\n', '## SYNTAX\nLike this.\n']], at: 'Like this.' },
    { edits: [['### ById\n', '### ById\nLike this.\n']], at: 'Like this.' },
    { edits: [['## PARAMETERS\n', '## PARAMETERS\nMany.\n']], at: 'Many.' },
    { edits: [['### -Tag', '### Hints\nMore.\n\n### -Tag']], at: '### Hints' },
    { edits: [['[Set-Thing](Set-Thing.md)', '| A |\n|---|\n| B |']], at: '| A |' },
    { edits: [['[Set-Thing](Set-Thing.md)', '- one\n- two\n\n  ***']], at: '  ***' },
    { edits: [['(Set-Thing.md)', '(Set-Thing.md "Sets it")']], at: '[Set-Thing]' },
    { edits: [['### System.String', '### [System.String](https://example.com/string)']], at: '### [System.String]' },
    { edits: [['### Example 1: Get', '### Example 1: [Get](get.md)']], at: '### Example 1' },
    {
      edits: [['### CommonParameters', '### WorkflowCommonParameters\nOld.\n\n### CommonParameters']],
      at: '### Workflow',
    },
    { edits: [['-Id <Guid>', '-Id <Guid> [<WorkflowCommonParameters>]']], at: 'Get-Thing -Id' },
  ],
  'placeholder-text': [
    { edits: [['Sample-Help.xml', '{{ Update the file }}']], at: 'external help file' },
    { edits: [['Gets things.', '{{ Fill in the Synopsis }}']], at: '{{ Fill in the Synopsis }}' },
    { edits: [['[Set-Thing](Set-Thing.md)', '{{ Fill in the related links here }}']], at: '{{ Fill' },
    {
      edits: [
        [
          '## DESCRIPTION',
          '## ALIASES\nThis cmdlet has the following aliases,\n  {{Insert list of aliases}}\n\n## DESCRIPTION',
        ],
      ],
      at: 'This cmdlet has',
    },
  ],
  'syntax-missing': [{ edits: [[part(page, '### ByName', '## DESCRIPTION'), '']], at: '## SYNTAX' }],
  'syntax-block-missing': [{ edits: [[part(page, `${fence}\nGet-Thing -Id`, '## DESCRIPTION'), '']], at: '### ById' }],
  'syntax-not-fenced': [
    {
      edits: [
        [
          `${fence}\nGet-Thing -Id <Guid> [-Tag <String[]>] [<CommonParameters>]\n${fence}`,
          'Get-Thing -Id <Guid> [-Tag <String[]>] [<CommonParameters>]',
        ],
      ],
      at: 'Get-Thing -Id',
    },
  ],
  'syntax-unreadable': [{ edits: [['-Id <Guid>', '-Id <Guid']], at: 'Get-Thing -Id' }],
  'syntax-set-unnamed': [{ edits: [['### ByName (Default)\n', '']], at: 'Get-Thing [-Name]' }],
  'syntax-set-duplicate': [
    {
      edits: [
        ['## DESCRIPTION', `### ById\n${fence}\nGet-Thing -Id <Guid> [<CommonParameters>]\n${fence}\n\n## DESCRIPTION`],
      ],
      at: 'Get-Thing -Id <Guid> [<Common',
    },
    { edits: [['Get-Thing -Id', 'Get-Thing -Name <String>\nGet-Thing -Id']], at: 'Get-Thing -Id' },
  ],
  'syntax-set-name': [{ edits: [['### ByName (Default)', '### ByName (Default) of old']], at: 'of old' }],
  'syntax-default-repeated': [{ edits: [['### ById', '### ById (Default)']], at: 'Get-Thing -Id' }],
  'syntax-provider-item': [
    {
      edits: [
        [
          '## DESCRIPTION',
          `### ById - FileSystem provider\n${fence}\nGet-Thing -Id <Guid>\n${fence}\n\n## DESCRIPTION`,
        ],
      ],
      at: 'FileSystem provider',
    },
    {
      edits: [
        [
          '## DESCRIPTION',
          `### ByName (Default) - Certificate provider\n${fence}\nGet-Thing\n${fence}\n\n## DESCRIPTION`,
        ],
      ],
      at: 'Certificate provider',
    },
  ],
  'syntax-common-parameter': [{ edits: [['-Id <Guid>', '-Id <Guid> [-Verbose]']], at: 'Get-Thing -Id' }],
  'parameter-of-provider': [
    {
      edits: [
        [
          '## DESCRIPTION',
          `### ById - FileSystem provider\n${fence}\nGet-Thing -Id <Guid> [-Hidden]\n${fence}\n\n## DESCRIPTION`,
        ],
        ['### -Id', `${part(page, '### -Force', '### -Id').replace('-Force', '-Hidden')}### -Id`],
      ],
      at: '### -Hidden',
    },
  ],
  'syntax-parameter-duplicate': [{ edits: [['-Id <Guid>', '-Id <Guid> [-id <Guid>]']], at: 'Get-Thing -Id' }],
  'parameter-name-invalid': [{ edits: [['### -Id', '### The identifier <Guid>']], at: '### The identifier' }],
  'parameter-duplicate': [
    { edits: [[parameterId, `${parameterId}${parameterId.replace('-Id', '-ID')}`]], at: '### -ID' },
  ],
  'parameter-yaml-missing': [{ edits: [['### -Id', '### -Key\nThe key.\n\n### -Id']], at: '### -Key' }],
  'parameter-yaml-assumed': [{ edits: [[parameterId.slice(parameterId.indexOf(`${fence}yaml`)), '']], at: '### -Id' }],
  'parameter-yaml-invalid': [
    { edits: [[bodyOfId, `${BODY_2024}HelpMessage: &a x\nDefaultValue: *a\n`]], at: 'DefaultValue: *a' },
    { edits: [[bodyOfId, `${BODY_2024}? [a, b]\n: c\n`]], at: '? [a, b]' },
  ],
  'parameter-yaml-line': [
    { edits: [['Type: Guid', 'Type Guid']], at: 'Type Guid' },
    { edits: [['Type: Guid', 'Type: Guid\n: red']], at: ': red' },
    { edits: [['Type: Guid', 'Type: Guid\nIt is blue']], at: 'It is blue' },
  ],
  'parameter-yaml-key-repeated': [{ edits: [['Type: Guid', 'Type: Guid\ntype: Guid']], at: 'type: Guid' }],
  'parameter-yaml-key-duplicate': [
    { edits: [['Type: Guid', 'Type: Guid\ntype: String']], at: 'type: String' },
    { edits: [[bodyOfId, `${BODY_2024}type: Guid\n`]], at: 'type: Guid' },
  ],
  'parameter-yaml-key-unknown': [{ edits: [['Type: Guid', 'Type: Guid\nColour: red']], at: 'Colour: red' }],
  'parameter-yaml-key-missing': [
    { edits: [['Aliases: ThingId\n\nRequired: True\n', 'Aliases: ThingId\n']], at: 'Type: Guid' },
    { edits: [['Parameter Sets: (All)', 'Parameter Sets:']], at: 'Parameter Sets:' },
  ],
  'parameter-yaml-not-carried': [
    { edits: [['Aliases: ThingId', 'Aliases: ThingId\nApplicable: V1']], at: 'Applicable: V1' },
  ],
  'parameter-yaml-value': [
    { edits: [['Required: True\nPosition: Named', 'Required: Wahr\nPosition: Named']], at: 'Required: Wahr' },
    { edits: [['Position: 0', 'Position: Benannt']], at: 'Position: Benannt' },
    { edits: [['True (ByPropertyName)', 'True (BySheerLuck)']], at: 'True (BySheerLuck)' },
  ],
  'parameter-yaml-doubtful': [
    { edits: [['Accept wildcard characters: True', 'Accept wildcard characters: Yes']], at: 'characters: Yes' },
    { edits: [['Aliases: ThingId', 'Aliases: None']], at: 'Aliases: None' },
    { edits: [['True (ByPropertyName)', 'True']], at: 'Accept pipeline input: True' },
    { edits: [['Aliases: ThingId', 'Aliases: id, ThingId']], at: 'Type: Guid' },
    { edits: [['True (ByPropertyName)', 'ByPropertyName']], at: 'Accept pipeline input: ByPropertyName' },
    { edits: [['Parameter Sets: (All)', 'Parameter Sets: All']], at: 'Type: String[]' },
    { edits: [[bodyOfId, `${bodyOfId}\n${bodyOfId.replace('Type: Guid', 'Type: guid')}`]], at: 'Type: guid' },
  ],
  'parameter-yaml-schema': [
    {
      edits: [[bodyOfId, BODY_2024]],
      at: 'yaml(Id)',
    },
  ],
  'parameter-type-missing': [{ edits: [['Type: Guid\n', '']], at: 'Parameter Sets: ById' }],
  'parameter-type-conflict': [
    {
      edits: [
        [
          yamlOfTag,
          `${yamlOfTag.replace('(All)', 'ByName')}\n\n${yamlOfTag.replace('(All)', 'ById').replace('String[]', 'Int32')}`,
        ],
      ],
      at: 'Type: Int32',
    },
  ],
  'parameter-blocks-differ': [
    {
      edits: [
        [
          yamlOfTag,
          `${yamlOfTag.replace('(All)', 'ByName')}\n\n${yamlOfTag.replace('(All)', 'ById').replace('String[]', 'string[]').replace('Aliases:', 'Aliases: Label')}`,
        ],
      ],
      at: 'Type: string[]',
    },
  ],
  'parameter-text-after-yaml': [{ edits: [['### -Name', 'Afterthought.\n\n### -Name']], at: 'Afterthought.' }],
  'parameter-all-sets-mixed': [
    { edits: [['Parameter Sets: (All)', 'Parameter Sets: (All), ById']], at: 'Type: String[]' },
  ],
  'parameter-set-repeated': [
    { edits: [[yamlOfTag, `${yamlOfTag}\n\n${yamlOfTag.replace('String[]', 'string[]')}`]], at: 'Type: string[]' },
  ],
  'parameter-set-conflict': [
    {
      edits: [
        [
          yamlOfTag,
          `${yamlOfTag}\n\n${yamlOfTag.replace('String[]', 'string[]').replace('Position: Named', 'Position: 3')}`,
        ],
      ],
      at: 'Type: string[]',
    },
  ],
  'alias-invalid': [{ edits: [['Aliases: ThingId', 'Aliases: $id']], at: '### -Id' }],
  'alias-collision': [
    { edits: [['Aliases: ThingId', 'Aliases: TAG']], at: '### -Id' },
    { edits: [[parameterName, parameterName.replace('Aliases:', 'Aliases: thingid')]], at: '### -Name' },
  ],
  'parameter-set-unknown': [{ edits: [['Parameter Sets: ById', 'Parameter Sets: ByIdentity']], at: 'Type: Guid' }],
  'parameter-not-described': [{ edits: [[parameterId, '']], at: 'Get-Thing -Id' }],
  'parameter-not-in-syntax': [{ edits: [['-Id <Guid> ', '']], at: '### -Id' }],
  'parameter-name-mismatch': [{ edits: [['### -Force', '### -Forces']], at: '### -Forces' }],
  'parameter-set-membership': [
    { edits: [['-Id <Guid> [-Tag <String[]>]', '-Id <Guid>']], at: '### -Tag' },
    { edits: [['-Id <Guid>', '-Id <Guid> [-Force]']], at: 'Get-Thing -Id' },
  ],
  'required-mismatch': [
    { edits: [['-Id <Guid>', '[-Id <Guid>]']], at: 'Get-Thing [-Id' },
    { edits: [[' [-Force]', ' -Force']], at: 'Get-Thing [-Name]' },
  ],
  'position-mismatch': [{ edits: [['[-Name] <String>', '-Name <String>']], at: 'Get-Thing -Name' }],
  'accepted-values-mismatch': [{ edits: [['[-Tag <String[]>]', '[-Tag {Red | Blue}]']], at: 'Get-Thing [-Name]' }],
  'position-duplicate': [{ edits: [[yamlOfTag, yamlOfTag.replace('Named', '0')]], at: '### -Tag' }],
  'type-mismatch': [
    { edits: [['-Id <Guid>', '-Id <String>']], at: 'Get-Thing -Id' },
    { edits: [['[-Force]', '[-Force <Boolean>]']], at: 'Get-Thing [-Name]' },
  ],
  'common-parameters-mismatch': [{ edits: [[' [<CommonParameters>]', '']], at: 'Get-Thing [-Name]' }],
  'command-alias-doubtful': [
    { edits: [['## DESCRIPTION', '## ALIASES\n\ngth, in old scripts.\n\n## DESCRIPTION']], at: 'gth,' },
  ],
  'example-untitled': [{ edits: [['## EXAMPLES\n', '## EXAMPLES\nLook.\n']], at: 'Look.' }],
  'example-without-code': [
    {
      edits: [['```powershell\nPS C:\\> Get-Thing -Name One\n```\n', 'PS C:\\> Get-Thing -Name One\n']],
      at: '### Example 1',
    },
  ],
  'type-without-heading': [
    { edits: [['### System.String', 'None']], at: 'None' },
    { edits: [['### System.String', 'What you like.']], at: 'What you like.' },
  ],
};

/** A page of schema 2.0.0 with two parameter sets and nothing to find fault with; the tests change it by `edited`. */
export const SAMPLE_PAGE = `---
external help file: Sample-Help.xml
Module Name: Sample
online version: https://example.com/get-thing
schema: 2.0.0
---

# Get-Thing

## SYNOPSIS
Gets things.

## SYNTAX

### ByName (Default)
\`\`\`
Get-Thing [-Name] <String> [-Tag <String[]>] [-Force] [<CommonParameters>]
\`\`\`

### ById
\`\`\`
Get-Thing -Id <Guid> [-Tag <String[]>] [<CommonParameters>]
\`\`\`

## DESCRIPTION
Gets the things that there are.

## EXAMPLES

### Example 1: Get a thing
\`\`\`powershell
PS C:\\> Get-Thing -Name One
\`\`\`

Gets the thing named One.

## PARAMETERS

### -Force
Gets hidden things too.

\`\`\`yaml
Type: SwitchParameter
Parameter Sets: ByName
Aliases:

Required: False
Position: Named
Default value: False
Accept pipeline input: False
Accept wildcard characters: False
\`\`\`

### -Id
The thing's identifier.

\`\`\`yaml
Type: Guid
Parameter Sets: ById
Aliases: ThingId

Required: True
Position: Named
Default value: None
Accept pipeline input: True (ByPropertyName)
Accept wildcard characters: False
\`\`\`

### -Name
The thing's name.

\`\`\`yaml
Type: String
Parameter Sets: ByName
Aliases:

Required: True
Position: 0
Default value: None
Accept pipeline input: True (ByPropertyName, ByValue)
Accept wildcard characters: True
\`\`\`

### -Tag
The tags that a thing must have.

\`\`\`yaml
Type: String[]
Parameter Sets: (All)
Aliases:
Accepted values: Red, Green

Required: False
Position: Named
Default value: None
Accept pipeline input: False
Accept wildcard characters: False
\`\`\`

### CommonParameters
This cmdlet supports the common parameters.

## INPUTS

### System.String

## OUTPUTS

### Sample.Thing

## NOTES

## RELATED LINKS

[Set-Thing](Set-Thing.md)
`;

/** Replaces each `from`, which must stand in the page, by its `to`; in the first place where it stands. */
export function edited(page: string, ...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The page has no ${JSON.stringify(from)}`);
    return text.replace(from, () => to);
  }, page);
}

/** The part of the page from one text up to another one. */
export function part(page: string, from: string, to: string): string {
  const start = page.indexOf(from);
  const end = page.indexOf(to, start + from.length);
  if (start < 0 || end < 0) throw new Error(`The page has no ${JSON.stringify(from)} before ${JSON.stringify(to)}`);
  return page.slice(start, end);
}

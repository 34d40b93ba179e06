import fc from 'fast-check';

// Texts that a language, an encoding, a terminal or a dictionary may take for something else than text.

export const awkward = [
  '',
  ' ',
  '"',
  "'",
  '\u2019\u201e',
  '`',
  '$x $(1) $' + '{y} @() %a%',
  '\n',
  '\r\n',
  '\u2028\u2029\u0085',
  '\0',
  '\ufeff',
  '\u202e\u2066\u200f',
  '\u001b[31m',
  '\ud83d\ude00',
  'e\u0301 \u00e9',
  '\uffff\ufffe\ufffd',
  '\\ud800 \\u0000 \\',
  '{"jsonrpc":"2.0","id":1}',
  '__proto__',
  'constructor',
  'toString',
  '$type',
  '--require',
  '-Text',
];

export const awkwardText = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...awkward), { maxLength: 6 }).map(parts => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map(codes => String.fromCharCode(...codes)),
);

/** A function of PowerShell that makes a text of the numbers of its UTF-16, which nothing on their way can change. */
export const defineUnits = `function global:ConvertFrom-Units([string] $Encoded) {
  $bytes = [System.Convert]::FromBase64String($Encoded)
  $units = [char[]]::new($bytes.Length / 2)
  [System.Buffer]::BlockCopy($bytes, 0, $units, 0, $bytes.Length)
  [string]::new($units)
}`;

/** A call of that function, for any text. */
export const units = (text: string) => `(ConvertFrom-Units '${Buffer.from(text, 'utf16le').toString('base64')}')`;

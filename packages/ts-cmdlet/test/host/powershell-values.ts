import fc from 'fast-check';
import { quote } from 'powershell-driver/session';

// PowerShell expressions that make values of the types that cross, for the tests of values.

const call = (method: string, ...args: (string | number | bigint)[]) => `(${method}(${args.join(', ')}))`;
const parsed = (type: string, text: fc.Arbitrary<string>) => text.map(each => call(`[${type}]::Parse`, quote(each)));
const made = (type: string, text: fc.Arbitrary<string>) => text.map(each => call(`[${type}]::new`, quote(each)));
const whole = (min: bigint, max: bigint) => fc.bigInt({ min, max }).map(String);

/** Ticks from the year 2 to 9998, so that a time zone does not lead out of what a DateTime holds. */
const ticks = fc.bigInt({ min: 365n * 864_000_000_000n, max: 3_154_000_000_000_000_000n });
const bits = fc.integer();

/** Text by the numbers of its UTF-16, which nothing on their way can change; no halves of surrogate pairs. */
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).map(each => {
  const units = Buffer.from(each.toWellFormed(), 'utf16le').toString('base64');
  return call('[System.Text.Encoding]::Unicode.GetString', call('[System.Convert]::FromBase64String', quote(units)));
});
const secret = text.map(each => `(ConvertTo-TestPassword ${each})`);

const scalars: fc.Arbitrary<string>[] = [
  fc.constantFrom('$null', '$true', '$false', '([switch] $true)'),
  text,
  fc.constantFrom('a', '"', '\u00e9', '\u6f22').map(each => `([char] ${quote(each)})`),
  ...(['byte', 'sbyte', 'int16', 'uint16', 'int', 'uint', 'long', 'ulong'] as const).map(type => {
    const [size, isSigned] = {
      byte: [8, 0],
      sbyte: [8, 1],
      int16: [16, 1],
      uint16: [16, 0],
      int: [32, 1],
      uint: [32, 0],
      long: [64, 1],
      ulong: [64, 0],
    }[type];
    const [min, max] = isSigned
      ? [-(2n ** BigInt(Number(size) - 1)), 2n ** BigInt(Number(size) - 1) - 1n]
      : [0n, 2n ** BigInt(Number(size)) - 1n];
    return parsed(type, fc.oneof(whole(min, max), fc.constantFrom(String(min), String(max), '0')));
  }),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter(each => !Object.is(each, -0))
    .map(each => `([System.BitConverter]::Int64BitsToDouble(${bitsOf(each)}L))`),
  fc
    .float({ noNaN: true, noDefaultInfinity: true })
    .filter(each => !Object.is(each, -0))
    .map(each => `([float] ${each})`),
  fc
    .tuple(bits, bits, bits, fc.boolean(), fc.integer({ min: 0, max: 28 }))
    .map(([low, middle, high, isNegative, scale]) =>
      call('[decimal]::new', low, middle, high, isNegative ? '$true' : '$false', scale),
    ),
  parsed('bigint', whole(-(2n ** 100n), 2n ** 100n)),
  fc
    .tuple(ticks, fc.constantFrom('Utc', 'Local', 'Unspecified'))
    .map(([at, kind]) => call('[datetime]::new', `${at}L`, quote(kind))),
  fc
    .tuple(ticks, fc.integer({ min: -14 * 60, max: 14 * 60 }))
    .map(([at, offset]) =>
      call('[System.DateTimeOffset]::new', `${at}L`, call('[timespan]::FromMinutes', `[double] ${offset}`)),
    ),
  whole(-(2n ** 63n) + 1n, 2n ** 63n - 1n).map(each => call('[timespan]::new', `${each}L`)),
  parsed('guid', fc.uuid()),
  fc
    .oneof(fc.webUrl(), fc.constantFrom('a/b', '../x?y=1', 'urn:x:y', 'file:///tmp/x'))
    .map(each => call('[uri]::new', quote(each), "([System.UriKind] 'RelativeOrAbsolute')")),
  parsed('version', fc.constantFrom('0.0', '1.2.3', '2147483647.0.1.4')),
  parsed('semver', fc.constantFrom('1.0.0', '1.2.3-beta.1+build.5')),
  parsed('ipaddress', fc.oneof(fc.ipV4(), fc.constantFrom('::1', 'fe80::1', '0.0.0.0'))),
  made('System.Net.Mail.MailAddress', fc.constantFrom('a@example.com', '"An, Author" <b@example.com>')),
  fc.constantFrom('de-DE', 'zh-Hant', '').map(each => call('[cultureinfo]::GetCultureInfo', quote(each))),
  fc.constantFrom('<a />', '<a> <b c="&lt;">t</b></a>').map(each => `([xml] ${quote(each)})`),
  fc.uint8Array().map(each => call('[System.Convert]::FromBase64String', quote(Buffer.from(each).toString('base64')))),
  secret,
  secret.map(password => call('[pscredential]::new', "'a user'", password)),
  fc.constantFrom("([System.DayOfWeek] 'Monday')", "([System.IO.FileAttributes] 'Hidden, System')"),
];

/** The bits of a number as a whole number of 64 of them. */
function bitsOf(number: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  return view.getBigInt64(0);
}

const names = fc.constantFrom(
  'a',
  'B',
  'value',
  '$type',
  '__proto__',
  'toString',
  'Count',
  'Keys',
  'with space',
  "it's",
  'gr\u00fc\u00dfe',
  '[0]',
  'a.b',
);
const members = (value: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(fc.tuple(names, value), { maxLength: 4, selector: ([name]) => name })
    .map(entries => entries.map(([name, content]) => `${quote(name)} = ${content}`));

/** An expression for a value of any type that crosses, with lists, dictionaries and objects inside one another. */
export const valueExpression: fc.Arbitrary<string> = fc.letrec<{
  value: string;
  list: string;
  table: string;
  object: string;
}>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    { arbitrary: fc.oneof(...scalars), weight: 4 },
    tie('list'),
    tie('table'),
    tie('object'),
  ),
  list: fc
    .tuple(
      fc.array(tie('value'), { maxLength: 3 }),
      fc.constantFrom('', '[System.Collections.ArrayList]', '[System.Collections.Generic.List[object]]'),
    )
    .map(([items, type]) => `(${type} @(${items.length === 1 ? ',' : ''} ${items.join(', ')}))`),
  table: fc
    .tuple(members(tie('value')), fc.constantFrom('', '[ordered] '))
    .map(([entries, type]) => `(${type}@{ ${entries.join('; ')} })`),
  object: fc
    .tuple(members(tie('value')), fc.constantFrom('', "PSTypeName = 'Contoso.Widget'; "))
    .map(([entries, type]) => `([pscustomobject] @{ ${type}${entries.join('; ')} })`),
})).value;

import './json-text.ts';
import { RequestError } from './request-error.ts';

/** What a request brings to the service. */
export type RequestBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly contentType: string }
  /** A file, by its path as it was given: relative to PowerShell's location. */
  | { readonly kind: 'file'; readonly path: string; readonly contentType: string };

const JSON_TYPE = 'application/json';

/**
 * Makes the body of a request of what crossed from PowerShell ("Values" in the guide of ts-cmdlet): text and bytes as they are,
 * and hashtables, objects and lists as JSON. A secure string in these is its text.
 *
 * @throws RequestError `BodyInvalid` for what JSON has nothing like
 */
export function readBody(value: unknown, contentType?: string): RequestBody {
  const bytes = bytesOf(value);
  if (bytes !== undefined) return { kind: 'bytes', bytes, contentType: contentType ?? 'application/octet-stream' };
  const text = typeof value === 'string' ? value : JSON.stringify(jsonOf(value, '-Body'));
  return { kind: 'bytes', bytes: Buffer.from(text), contentType: contentType ?? JSON_TYPE };
}

/** A body that is read from a file. */
export function fileBody(path: string, contentType?: string): RequestBody {
  const isJson = /\.json$/i.test(path);
  return { kind: 'file', path, contentType: contentType ?? (isJson ? JSON_TYPE : 'application/octet-stream') };
}

/** The body as a preview tells it. What is in it may be secret. */
export function describeBody(body: RequestBody): string {
  if (body.kind === 'file') return `the file ${body.path} (${body.contentType})`;
  const { length } = body.bytes;
  return `${length} ${length === 1 ? 'byte' : 'bytes'} of ${body.contentType}`;
}

function bytesOf(value: unknown): Buffer | undefined {
  if (!isRecord(value) || value.$type !== 'System.Byte[]' || typeof value.value !== 'string') return undefined;
  return Buffer.from(value.value, 'base64');
}

function jsonOf(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => jsonOf(item, `${place}[${index}]`));
  if (!isRecord(value)) return value;
  const { $type: type } = value;
  if (type === 'System.Collections.Hashtable' && isRecord(value.entries)) return membersOf(value.entries, place);
  if (type === 'PSObject' && isRecord(value.properties)) return membersOf(value.properties, place);
  if (typeof type !== 'string') return membersOf(value, place);
  const { value: text } = value;
  if (typeof text !== 'string') throw invalid(place, type);
  switch (type) {
    case 'System.Int64':
    case 'System.UInt64':
    case 'System.Decimal':
    case 'System.Numerics.BigInteger':
      // Each digit counts, and JavaScript's numbers do not have them all.
      return JSON.rawJSON(text);
    case 'System.TimeSpan':
      return durationOf(text);
    default:
      return text;
  }
}

/** OData wants the type of an object before its properties (OData JSON Format 4.01, section 4.5). */
function membersOf(members: Readonly<Record<string, unknown>>, place: string): Record<string, unknown> {
  const isType = (name: string) => name === '@odata.type';
  const names = Object.keys(members).sort((left, right) => Number(isType(right)) - Number(isType(left)));
  return Object.fromEntries(names.map(name => [name, jsonOf(members[name], `${place}.${name}`)]));
}

/** A TimeSpan, `[-][d.]hh:mm:ss[.fffffff]`, as an Edm.Duration (ISO 8601). */
function durationOf(text: string): string {
  const [, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^(-?)(?:(\d+)\.)?(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text) ?? [];
  return `${sign}P${Number(days)}DT${Number(hours)}H${Number(minutes)}M${Number(seconds)}S`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(place: string, type: string): RequestError {
  return new RequestError({
    code: 'BodyInvalid',
    message: `${place} is of type ${type}, which JSON has nothing like.`,
    recommendedAction:
      'Pass texts, numbers, dates, and lists, hashtables and objects of these; or the whole body as text.',
    target: place,
  });
}

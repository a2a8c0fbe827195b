import { inflateSync } from 'node:zlib';
import * as cctv from 'cctv-age';

/** What a vector says of itself, as its README describes it. */
export interface Vector {
  readonly name: string;
  readonly expect:
    | 'success'
    | 'no match'
    | 'HMAC failure'
    | 'header failure'
    | 'payload failure'
    | 'armor failure';
  /** SHA-256 of all plaintext that may be released, also where opening fails in the end. */
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  /** The age file, inflated. */
  readonly file: Uint8Array;
}

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'expect',
  'compressed',
  'payload',
  'identity',
  'passphrase',
  'armored',
  'file key',
  'comment',
]);

/** Every vector of the cctv-age package, by the name of its file. */
export const VECTORS: readonly Vector[] = Object.entries(
  cctv as unknown as Readonly<Record<string, Uint8Array>>,
)
  .filter(([, content]) => content instanceof Uint8Array)
  .map(([name, content]) => parseVector(name, content));

function parseVector(name: string, content: Uint8Array): Vector {
  const bytes = Buffer.from(content);
  const end = bytes.indexOf('\n\n');
  const fields = bytes
    .subarray(0, end)
    .toString()
    .split('\n')
    .map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
  const all = (key: string): string[] =>
    fields.filter(([field]) => field === key).map(([, value]) => value);
  // A field of a later edition could change what the vector means.
  for (const [field] of fields)
    if (!KNOWN_FIELDS.has(field)) throw new Error(`vector ${name} has an unknown field ${field}`);
  const [compressed] = all('compressed');
  if (compressed !== undefined && compressed !== 'zlib')
    throw new Error(`vector ${name} is compressed by ${compressed}`);
  const body = bytes.subarray(end + 2);
  return {
    name,
    expect: all('expect')[0] as Vector['expect'],
    payload: all('payload')[0],
    identities: all('identity'),
    passphrases: all('passphrase'),
    file: compressed === undefined ? body : inflateSync(body),
  };
}

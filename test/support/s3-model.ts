import { hash, randomUUID } from 'node:crypto';
import type { S3Right } from '../../app/s3/errors.ts';
import { checkedMd5, checkedSha256, composite, single } from './s3-digests.ts';
import {
  element,
  elements,
  RIGHT_OF,
  S3Refusal,
  xmlDocument,
  type S3Answer,
  type S3Ask,
} from './s3-protocol.ts';

/** An object that came into being. */
export interface StoredObject {
  readonly bytes: Buffer;
  /** Without quotation marks. */
  readonly etag: string;
  readonly modified: Date;
  /** The encryption that was asked for. */
  readonly encryption: string | undefined;
  /** How large the parts were that it was uploaded in, in bytes. */
  readonly partBytes?: readonly number[];
}

/** A part of an upload that is not completed. */
export interface StoredPart {
  readonly bytes: Buffer;
  readonly etag: string;
  /** Base64, where the server keeps checksums. */
  readonly sha256: string | undefined;
}

/** An upload that is not completed. */
export interface PendingUpload {
  readonly key: string;
  readonly encryption: string | undefined;
  readonly parts: Map<number, StoredPart>;
}

const LEAST_PART_BYTES = 5 * 1024 * 1024;

/**
 * One bucket of Amazon S3 in memory, as far as Signet needs it: it checks lengths, digests and conditions, keeps uploads apart
 * from objects, and refuses as Amazon's documentation says.
 */
export class S3Model {
  readonly bucket: string;
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, PendingUpload>();
  /** Rights that the sender does not have. */
  readonly denied = new Set<S3Right>();
  /** Whether it keeps and returns SHA-256 checksums, as Amazon does and many a compatible service does not. */
  checksums = true;
  /** Whether it knows the parts of an object by their numbers, as Amazon does; others ignore the question. */
  partNumbers = true;
  /** Whether the right to list is one for a prefix, as most have it. */
  prefixOnly = false;
  /** Entries in one page of a listing. */
  pageSize = 1000;

  /** @param bucket - its name */
  constructor(bucket: string) {
    this.bucket = bucket;
  }

  /** Puts an object there, past all rules. */
  place(key: string, bytes: Uint8Array, modified = new Date()): StoredObject {
    const own = Buffer.from(bytes);
    const object = { bytes: own, etag: hash('md5', own, 'hex'), modified, encryption: undefined };
    this.objects.set(key, object);
    return object;
  }

  /** Puts an object there as if it had been uploaded in parts, past all rules. */
  placeParts(key: string, parts: readonly Uint8Array[]): StoredObject {
    const md5s = parts.map((part) => hash('md5', part, 'buffer'));
    const partBytes = parts.map((part) => part.byteLength);
    const whole = this.place(key, Buffer.concat(parts));
    const object = { ...whole, etag: composite('md5', md5s, 'hex'), partBytes };
    this.objects.set(key, object);
    return object;
  }

  /**
   * Does what is asked.
   *
   * @throws S3Refusal
   */
  handle(ask: S3Ask): S3Answer {
    if (ask.bucket !== this.bucket)
      throw new S3Refusal(404, 'NoSuchBucket', { BucketName: ask.bucket });
    if (this.denied.has(RIGHT_OF[ask.operation])) throw new S3Refusal(403, 'AccessDenied');
    switch (ask.operation) {
      case 'PutObject':
        return this.#putObject(ask);
      case 'GetObject':
        return this.#getObject(ask);
      case 'HeadObject':
        return this.#headObject(ask);
      case 'DeleteObject':
        return this.#deleteObject(ask);
      case 'ListObjectsV2':
        return this.#listObjects(ask);
      case 'CreateMultipartUpload':
        return this.#createUpload(ask);
      case 'UploadPart':
        return this.#uploadPart(ask);
      case 'ListParts':
        return this.#listParts(ask);
      case 'CompleteMultipartUpload':
        return this.#completeUpload(ask);
      case 'AbortMultipartUpload':
        this.#uploadOf(ask);
        this.uploads.delete(ask.query.get('uploadId') ?? '');
        return empty(204);
    }
  }

  #putObject(ask: S3Ask): S3Answer {
    const { key, body, headers } = ask;
    const sha256 = checkedSha256(ask);
    const etag = checkedMd5(ask);
    this.#checkCondition(key, headers['if-none-match']);
    const encryption = single(headers['x-amz-server-side-encryption']);
    this.objects.set(key, { bytes: body, etag, modified: new Date(), encryption });
    return this.#stored(etag, sha256);
  }

  #getObject({ key, headers, query }: S3Ask): S3Answer {
    const object = this.objects.get(key);
    if (object === undefined) throw new S3Refusal(404, 'NoSuchKey', { Key: key });
    const condition = headers['if-match'];
    if (condition !== undefined && condition !== `"${object.etag}"`)
      throw new S3Refusal(412, 'PreconditionFailed', { Condition: 'If-Match' });
    const number = Number(query.get('partNumber') ?? 0);
    if (number > 0 && this.partNumbers) return partOf(object, number);
    const common = { etag: `"${object.etag}"`, 'last-modified': object.modified.toUTCString() };
    const from = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
    if (from === undefined) return { status: 200, headers: common, body: object.bytes };
    const size = object.bytes.byteLength;
    if (Number(from) >= size) throw new S3Refusal(416, 'InvalidRange');
    const range = `bytes ${from}-${String(size - 1)}/${String(size)}`;
    const body = object.bytes.subarray(Number(from));
    return { status: 206, headers: { ...common, 'content-range': range }, body };
  }

  #headObject(ask: S3Ask): S3Answer {
    // Whoever may not list all of the bucket is not told that an object is missing.
    if (!this.objects.has(ask.key) && (this.prefixOnly || this.denied.has('s3:ListBucket')))
      throw new S3Refusal(403, 'AccessDenied');
    const { status, headers, body } = this.#getObject(ask);
    const length = String(body.byteLength);
    return { status, headers: { ...headers, 'content-length': length }, body: Buffer.alloc(0) };
  }

  #deleteObject({ key, headers }: S3Ask): S3Answer {
    const condition = headers['if-match'];
    const object = this.objects.get(key);
    if (condition !== undefined && object === undefined)
      throw new S3Refusal(404, 'NoSuchKey', { Key: key });
    if (condition !== undefined && condition !== `"${object?.etag ?? ''}"`)
      throw new S3Refusal(412, 'PreconditionFailed', { Condition: 'If-Match' });
    this.objects.delete(key);
    return empty(204);
  }

  #listObjects({ query }: S3Ask): S3Answer {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(prefix) && compareBytes(key, after) > 0)
      .sort(compareBytes);
    const page = keys.slice(0, this.pageSize);
    const contents = page.map((key) => {
      const { bytes, etag, modified } = this.objects.get(key)!;
      const fields = { Key: key, LastModified: modified.toISOString(), ETag: `"${etag}"` };
      return element('Contents', elements({ ...fields, Size: bytes.byteLength }));
    });
    const more = keys.length > page.length;
    const next = more ? elements({ NextContinuationToken: page.at(-1) ?? '' }) : '';
    const about = elements({ Name: this.bucket, Prefix: prefix, IsTruncated: more });
    return xmlDocument(element('ListBucketResult', about + next + contents.join('')));
  }

  #createUpload({ key, headers }: S3Ask): S3Answer {
    const id = randomUUID();
    const encryption = single(headers['x-amz-server-side-encryption']);
    this.uploads.set(id, { key, encryption, parts: new Map() });
    const fields = { Bucket: this.bucket, Key: key, UploadId: id };
    return xmlDocument(element('InitiateMultipartUploadResult', elements(fields)));
  }

  #uploadPart(ask: S3Ask): S3Answer {
    const upload = this.#uploadOf(ask);
    const sha256 = checkedSha256(ask);
    const etag = checkedMd5(ask);
    const kept = this.checksums ? sha256 : undefined;
    upload.parts.set(Number(ask.query.get('partNumber')), { bytes: ask.body, etag, sha256: kept });
    return this.#stored(etag, sha256);
  }

  #listParts(ask: S3Ask): S3Answer {
    const after = Number(ask.query.get('part-number-marker') ?? 0);
    const parts = sortedParts(this.#uploadOf(ask)).filter(([number]) => number > after);
    const page = parts.slice(0, this.pageSize);
    const listed = page.map(([number, { bytes, etag, sha256 }]) => {
      const fields = { PartNumber: number, ETag: `"${etag}"`, Size: bytes.byteLength };
      return element(
        'Part',
        elements(sha256 === undefined ? fields : { ...fields, ChecksumSHA256: sha256 }),
      );
    });
    const more = parts.length > page.length;
    const next = elements(more ? { NextPartNumberMarker: page.at(-1)?.[0] ?? 0 } : {});
    const about = elements({ Bucket: this.bucket, Key: ask.key, IsTruncated: more });
    return xmlDocument(element('ListPartsResult', about + next + listed.join('')));
  }

  #completeUpload(ask: S3Ask): S3Answer {
    const { key, headers, body } = ask;
    const upload = this.#uploadOf(ask);
    const named = Array.from(body.toString().matchAll(/<Part>.*?<\/Part>/gs), ([text]) => text);
    const parts = named.map((text, index) => {
      const part = upload.parts.get(Number(textOf(text, 'PartNumber')));
      if (
        part === undefined ||
        textOf(text, 'ETag')?.replaceAll('&quot;', '"') !== `"${part.etag}"`
      )
        throw new S3Refusal(400, 'InvalidPart');
      if (part.sha256 !== undefined && textOf(text, 'ChecksumSHA256') !== part.sha256)
        throw new S3Refusal(400, 'InvalidPart');
      if (index + 1 < named.length && part.bytes.byteLength < LEAST_PART_BYTES)
        throw new S3Refusal(400, 'EntityTooSmall');
      return part;
    });
    const numbers = named.map((text) => Number(textOf(text, 'PartNumber')));
    if (numbers.some((number, index) => index > 0 && number <= numbers[index - 1]!))
      throw new S3Refusal(400, 'InvalidPartOrder');
    this.#checkCondition(key, headers['if-none-match']);
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    const etag = composite(
      'md5',
      parts.map(({ etag }) => Buffer.from(etag, 'hex')),
      'hex',
    );
    const partBytes = parts.map((part) => part.bytes.byteLength);
    const { encryption } = upload;
    this.objects.set(key, { bytes, etag, modified: new Date(), encryption, partBytes });
    this.uploads.delete(ask.query.get('uploadId') ?? '');
    const sums = parts.map(({ sha256 }) => Buffer.from(sha256 ?? '', 'base64'));
    const fields = { Bucket: this.bucket, Key: key, ETag: `"${etag}"` };
    const checksum = { ChecksumSHA256: composite('sha256', sums, 'base64') };
    const all = this.checksums ? { ...fields, ...checksum } : fields;
    return xmlDocument(element('CompleteMultipartUploadResult', elements(all)));
  }

  #uploadOf({ key, query }: S3Ask): PendingUpload {
    const upload = this.uploads.get(query.get('uploadId') ?? '');
    if (upload?.key !== key) throw new S3Refusal(404, 'NoSuchUpload');
    return upload;
  }

  #checkCondition(key: string, ifNoneMatch: string | undefined): void {
    if (ifNoneMatch === '*' && this.objects.has(key))
      throw new S3Refusal(412, 'PreconditionFailed', { Condition: 'If-None-Match' });
  }

  #stored(etag: string, sha256: string | undefined): S3Answer {
    const checksum =
      this.checksums && sha256 !== undefined ? { 'x-amz-checksum-sha256': sha256 } : {};
    return { ...empty(200), headers: { etag: `"${etag}"`, ...checksum } };
  }
}

function empty(status: number): S3Answer {
  return { status, headers: {}, body: Buffer.alloc(0) };
}

/** One part of an object; what was uploaded whole is its own only part. */
function partOf({ bytes, etag, partBytes }: StoredObject, number: number): S3Answer {
  const sizes = partBytes ?? [bytes.byteLength];
  const size = sizes[number - 1];
  if (size === undefined) throw new S3Refusal(416, 'InvalidPartNumber');
  const from = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0);
  const count = partBytes === undefined ? {} : { 'x-amz-mp-parts-count': String(sizes.length) };
  const body = bytes.subarray(from, from + size);
  return { status: 206, headers: { etag: `"${etag}"`, ...count }, body };
}

function sortedParts(upload: PendingUpload): [number, StoredPart][] {
  return [...upload.parts].sort(([a], [b]) => a - b);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
}

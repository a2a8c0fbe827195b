import { createHash } from 'node:crypto';
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { Job } from '../contract/job.ts';
import { stoppableSoon } from '../s3/client.ts';
import { partSizeFor } from '../s3/part-size.ts';
import type { S3Location } from '../s3/url.ts';

/** Computes, while an object comes in, what its ETag is where that is made of MD5s. */
export interface EtagCheck {
  /** Takes the next bytes. */
  update(piece: Uint8Array): void;
  /**
   * Compares, when all bytes have come in.
   *
   * @returns `differs` only where an ETag of these bytes would have to be equal; `unknown` where it may be something else
   */
  outcome(): Promise<'equal' | 'differs' | 'unknown'>;
}

/**
 * Begins to compare an object with its ETag. For one that was uploaded in parts this takes the size of a part, which the server is
 * asked for once; where it does not say, the parts that Signet makes are assumed.
 *
 * @param client - connected
 * @param object - bucket and key
 * @param answer - to the request for all of it
 * @param job - may be cancelled
 */
export async function startEtagCheck(
  client: S3Client,
  object: S3Location,
  answer: GetObjectCommandOutput,
  job: Job,
): Promise<EtagCheck> {
  const etag = (answer.ETag ?? '').replaceAll('"', '');
  const groups = /^[0-9a-f]{32}(?:-(?<count>[1-9]\d{0,4}))?$/.exec(etag)?.groups;
  // Under KMS it only looks like an MD5.
  if (groups === undefined || answer.ServerSideEncryption?.startsWith('aws:kms') === true)
    return { update: () => undefined, outcome: () => Promise.resolve('unknown') };
  if (groups['count'] === undefined) {
    const md5 = createHash('md5');
    return {
      update: (piece) => void md5.update(piece),
      outcome: () => Promise.resolve(md5.digest('hex') === etag ? 'equal' : 'differs'),
    };
  }
  const parts = new PartsOf(client, object, answer, Number(groups['count']), job);
  const told = await parts.size();
  const md5 = new PartsMd5(told ?? partSizeFor(parts.total));
  return {
    update: (piece) => {
      md5.update(piece);
    },
    outcome: async () => {
      if (md5.etag() === etag) return 'equal';
      return told !== undefined && (await parts.areEqual(told)) ? 'differs' : 'unknown';
    },
  };
}

/** The ETag of an upload in parts of one size: the MD5 of their MD5s, and their number. */
class PartsMd5 {
  readonly #size: number;
  readonly #all = createHash('md5');
  #part = createHash('md5');
  #used = 0;
  #count = 0;

  /** @param size - of each part but the last, in bytes; at least 1 */
  constructor(size: number) {
    this.#size = size;
  }

  update(piece: Uint8Array): void {
    for (let offset = 0; offset < piece.byteLength;) {
      const count = Math.min(this.#size - this.#used, piece.byteLength - offset);
      this.#part.update(piece.subarray(offset, offset + count));
      this.#used += count;
      offset += count;
      if (this.#used === this.#size) this.#finishPart();
    }
  }

  etag(): string {
    if (this.#used > 0) this.#finishPart();
    return `${this.#all.digest('hex')}-${String(this.#count)}`;
  }

  #finishPart(): void {
    this.#all.update(this.#part.digest());
    this.#part = createHash('md5');
    this.#used = 0;
    this.#count += 1;
  }
}

/** What the server says of the parts that an object was uploaded in. */
class PartsOf {
  readonly total: number;
  readonly #client: S3Client;
  readonly #object: S3Location;
  readonly #etag: string | undefined;
  readonly #count: number;
  readonly #job: Job;

  constructor(
    client: S3Client,
    object: S3Location,
    { ContentLength = 0, ETag }: GetObjectCommandOutput,
    count: number,
    job: Job,
  ) {
    this.total = ContentLength;
    this.#client = client;
    this.#object = object;
    this.#etag = ETag;
    this.#count = count;
    this.#job = job;
  }

  /** The size of the first, in bytes, where all could have it; `undefined` where the server does not say, or says nonsense. */
  async size(): Promise<number | undefined> {
    const first = await this.#ask(1);
    // The number of parts bounds from below what is believed of their size.
    if (first === undefined || Math.ceil(this.total / first.bytes) !== this.#count)
      return undefined;
    // The size of the whole is what a server answers, too, that does not know the question.
    const told = first.count === undefined ? first.bytes < this.total : first.count === this.#count;
    return told ? first.bytes : undefined;
  }

  /** Whether all but the last have this size, as far as the last one tells: an uploader may have made them as it liked. */
  async areEqual(size: number): Promise<boolean> {
    // Of two, the first has said everything.
    const last = this.#count < 3 ? undefined : await this.#ask(this.#count);
    return last === undefined || last.bytes === this.total - (this.#count - 1) * size;
  }

  async #ask(
    number: number,
  ): Promise<{ readonly bytes: number; readonly count: number | undefined } | undefined> {
    const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
    try {
      const { ContentLength, PartsCount, ETag } = await this.#client.send(
        new HeadObjectCommand({
          Bucket: this.#object.bucket,
          Key: this.#object.key,
          PartNumber: number,
          IfMatch: this.#etag,
        }),
        // The download waits for it.
        stoppableSoon(this.#job.signal),
      );
      if (ContentLength === undefined || ETag !== this.#etag) return undefined;
      return { bytes: ContentLength, count: PartsCount };
    } catch {
      // A server may not know the question. Without an answer the bundle comes all the same; less is then known of it.
      return undefined;
    }
  }
}

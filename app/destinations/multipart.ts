import { createHash, hash } from 'node:crypto';
import type { CompletedPart, Part as ListedPart, S3Client } from '@aws-sdk/client-s3';
import { AppError, isAppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { Evidence } from '../contract/records.ts';
import { stoppable, stoppableLate } from '../s3/client.ts';
import { isNotFound, missingRight, type S3Right } from '../s3/errors.ts';
import { formatS3Url, type S3Location } from '../s3/url.ts';
import { MAX_PARTS } from './parts.ts';

/** Parts under way at once; with the one being filled they bound the memory. */
const CONCURRENT_PARTS = 3;
/** How often parts that arrive late are cleared away before the person is told. */
const ABORT_ATTEMPTS = 3;

interface Part {
  readonly number: number;
  readonly bytes: number;
  readonly md5: Buffer;
  readonly sha256: Buffer;
  /** As the server answered; it wants it back on completion. */
  readonly etag: string;
  /** Whether the server said that it keeps the part's SHA-256. */
  readonly checksummed: boolean;
}

type Translate = (error: unknown, right: S3Right) => AppError;

/** One multipart upload: parts in, one object out, or nothing left. */
export class MultipartUpload {
  readonly #client: S3Client;
  readonly #object: S3Location;
  readonly #job: Job;
  readonly #translate: Translate;
  readonly #id: string;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #parts: Part[] = [];
  #count = 0;
  #bytes = 0;
  #sent = 0;
  #failure: unknown;
  #comparable = true;
  /** Whether completion was asked for, so that it may have happened even though it seemed to fail. */
  completing = false;

  private constructor(
    client: S3Client,
    object: S3Location,
    job: Job,
    translate: Translate,
    id: string,
  ) {
    this.#client = client;
    this.#object = object;
    this.#job = job;
    this.#translate = translate;
    this.#id = id;
  }

  /**
   * Starts an upload.
   *
   * @throws the errors of S3, for `s3:PutObject`
   */
  static async create(
    client: S3Client,
    object: S3Location,
    job: Job,
    translate: Translate,
  ): Promise<MultipartUpload> {
    checkCancelled(job);
    const { CreateMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    // An upload whose identifier was lost could not be cleaned up.
    const { UploadId } = await client
      .send(
        new CreateMultipartUploadCommand({
          Bucket: object.bucket,
          Key: object.key,
          ContentType: 'application/octet-stream',
          ServerSideEncryption: 'AES256',
          ChecksumAlgorithm: 'SHA256',
        }),
        stoppableLate(job.signal),
      )
      .catch((error: unknown) => {
        throw translate(error, 's3:PutObject');
      });
    if (UploadId === undefined) throw new AppError('s3-refused', {});
    return new MultipartUpload(client, object, job, translate, UploadId);
  }

  /** Bytes taken so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The ETag that S3 documents for such an upload: MD5 of the parts' MD5s, and their number. */
  get etag(): string {
    const digest = createHash('md5');
    for (const part of this.#parts) digest.update(part.md5);
    return `${digest.digest('hex')}-${String(this.#parts.length)}`;
  }

  /**
   * Takes the next part, and waits while too many are under way.
   *
   * @param bytes - not changed by anyone afterwards
   * @throws `bundle-too-large`, and what an earlier part failed with
   */
  async add(bytes: Uint8Array): Promise<void> {
    this.#count += 1;
    // All before it were full; it may be a short last one.
    if (this.#count > MAX_PARTS) throw new AppError('bundle-too-large', { limit: this.#bytes });
    this.#bytes += bytes.byteLength;
    const sending: Promise<void> = this.#send(this.#count, bytes)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#underWay.delete(sending);
      });
    this.#underWay.add(sending);
    while (this.#underWay.size >= CONCURRENT_PARTS) await Promise.race(this.#underWay);
    this.#throwFailure();
  }

  /** Waits until every part has arrived. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#throwFailure();
    this.#parts.sort((a, b) => a.number - b.number);
  }

  #throwFailure(): void {
    if (this.#failure === undefined) return;
    throw this.#translate(this.#failure, 's3:PutObject');
  }

  #signal(): AbortSignal {
    const own = this.#stop.signal;
    return this.#job.signal === undefined ? own : AbortSignal.any([this.#job.signal, own]);
  }

  async #send(number: number, bytes: Uint8Array): Promise<void> {
    const { UploadPartCommand } = await import('@aws-sdk/client-s3');
    const sha256 = hash('sha256', bytes, 'buffer');
    const md5 = hash('md5', bytes, 'buffer');
    const answer = await this.#client.send(
      new UploadPartCommand({
        Bucket: this.#object.bucket,
        Key: this.#object.key,
        UploadId: this.#id,
        PartNumber: number,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentMD5: md5.toString('base64'),
        ChecksumSHA256: sha256.toString('base64'),
      }),
      stoppable(this.#signal()),
    );
    const echoed = answer.ChecksumSHA256;
    if (echoed !== undefined && echoed !== sha256.toString('base64')) throw this.#corrupted();
    this.#parts.push({
      number,
      bytes: bytes.byteLength,
      md5,
      sha256,
      etag: answer.ETag ?? `"${md5.toString('hex')}"`,
      checksummed: echoed !== undefined,
    });
    this.#sent += bytes.byteLength;
    this.#job.onProgress?.({ stage: 'upload', bytes: this.#sent });
  }

  /**
   * Compares what the server holds with what was sent, part by part, before the object comes into being.
   *
   * @throws `s3-integrity`, and the errors of S3 for `s3:ListMultipartUploadParts`
   */
  async verifyParts(): Promise<void> {
    try {
      await this.#compareParts();
    } catch (error) {
      // Some S3-compatible servers cannot list parts; what they answered for each part has to do.
      const { status } = isAppError(error, 's3-refused') ? error.data : {};
      if (status !== 405 && status !== 501) throw error;
      this.#comparable = false;
    }
  }

  async #compareParts(): Promise<void> {
    const left = new Map(this.#parts.map((part) => [part.number, part]));
    for await (const { PartNumber = 0, Size, ETag } of this.#list(this.#job.signal)) {
      const part = left.get(PartNumber);
      const etag = (ETag ?? '').replaceAll('"', '');
      // Where the ETag is no MD5, only the size can be compared.
      const comparable = /^[0-9a-f]{32}$/.test(etag);
      if (part?.bytes !== Size || (comparable && part?.md5.toString('hex') !== etag))
        throw this.#corrupted();
      this.#comparable &&= comparable;
      left.delete(PartNumber);
    }
    if (left.size > 0) throw this.#corrupted();
  }

  /** What the comparison of the parts proved. */
  get evidence(): readonly Evidence[] {
    return this.#comparable ? ['parts-md5'] : [];
  }

  async *#list(signal: AbortSignal | undefined): AsyncGenerator<ListedPart, void, undefined> {
    const { ListPartsCommand } = await import('@aws-sdk/client-s3');
    let marker: string | undefined;
    for (;;) {
      const page = await this.#client
        .send(
          new ListPartsCommand({
            Bucket: this.#object.bucket,
            Key: this.#object.key,
            UploadId: this.#id,
            PartNumberMarker: marker,
          }),
          stoppable(signal),
        )
        .catch((error: unknown) => {
          if (isNotFound(error)) throw new AppError('s3-no-object', this.#where(), error);
          throw this.#translate(error, 's3:ListMultipartUploadParts');
        });
      yield* page.Parts ?? [];
      // The SDK's own paginator never ends on an upload without parts.
      if (page.IsTruncated !== true) return;
      marker = page.NextPartNumberMarker;
    }
  }

  /**
   * Makes the object out of its parts.
   *
   * @returns how the SHA-256 that the server echoed, made of those of the parts, compares with ours
   * @throws the errors of S3, for `s3:PutObject`
   */
  async complete(): Promise<{ readonly echo: 'equal' | 'differs' | 'none' }> {
    const { CompleteMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    this.completing = true;
    const answer = await this.#client
      .send(
        new CompleteMultipartUploadCommand({
          Bucket: this.#object.bucket,
          Key: this.#object.key,
          UploadId: this.#id,
          IfNoneMatch: '*',
          MultipartUpload: { Parts: this.#parts.map(completedPart) },
        }),
        stoppable(this.#job.signal),
      )
      .catch((error: unknown) => {
        throw this.#translate(error, 's3:PutObject');
      });
    if (answer.ChecksumSHA256 === undefined) return { echo: 'none' };
    const composite = createHash('sha256');
    for (const part of this.#parts) composite.update(part.sha256);
    const expected = `${composite.digest('base64')}-${String(this.#parts.length)}`;
    return { echo: answer.ChecksumSHA256 === expected ? 'equal' : 'differs' };
  }

  /**
   * Gives the upload up: stops the parts under way, aborts, and makes sure that nothing is left, because S3 may keep a part that
   * arrives during the first attempt.
   *
   * @param why - what made it necessary
   * @param cleanUp - how long that may take
   * @returns `gone` when there was no such upload any more, because it was completed or somebody else aborted it
   * @throws `s3-left-behind` when the parts could not be removed
   */
  async abort(why: AppError, cleanUp: Job): Promise<'aborted' | 'gone'> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
    const { AbortMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    for (let attempt = 0; attempt < ABORT_ATTEMPTS; attempt += 1) {
      try {
        await this.#client.send(
          new AbortMultipartUploadCommand({
            Bucket: this.#object.bucket,
            Key: this.#object.key,
            UploadId: this.#id,
          }),
          stoppable(cleanUp.signal),
        );
      } catch (error) {
        if (isNotFound(error)) return attempt === 0 ? 'gone' : 'aborted';
        throw this.#leftBehind(why, error);
      }
      if (!(await this.#exists(cleanUp))) return 'aborted';
    }
    throw this.#leftBehind(why);
  }

  async #exists(job: Job): Promise<boolean> {
    try {
      await this.#list(job.signal).next();
      return true;
    } catch {
      // It is gone; or it cannot be seen, and the server's word that it was aborted has to do.
      return false;
    }
  }

  #leftBehind(why: AppError, cause?: unknown): AppError {
    const left = { ...this.#where(), after: why.code, remains: 'parts' } as const;
    const right = missingRight(cause, { ...this.#object, right: 's3:AbortMultipartUpload' });
    return new AppError('s3-left-behind', { ...left, ...right }, cause);
  }

  #corrupted(): AppError {
    return new AppError('s3-integrity', this.#where());
  }

  #where(): { readonly location: string } {
    return { location: formatS3Url(this.#object) };
  }
}

function completedPart(part: Part): CompletedPart {
  return {
    PartNumber: part.number,
    ETag: part.etag,
    // Where the server keeps checksums it wants them again; where it does not, it may not know the element.
    ...(part.checksummed ? { ChecksumSHA256: part.sha256.toString('base64') } : {}),
  };
}

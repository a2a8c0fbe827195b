import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Keys } from './aws-environment.ts';
import { s3Server } from './peers.ts';
import { policyOf, type Grant } from './policies.ts';

const run = promisify(execFile);
/** Requests at once when many objects are made or removed. */
const CONCURRENCY = 32;
const DELETED_AT_ONCE = 1000;

/** A user of the real gateway, with no rights but those that a bucket policy gives. */
export interface GatewayUser extends S3Keys {
  readonly name: string;
}

/** One bucket with a random name on the real S3 server, as its owner sees it. */
export class GatewayBucket {
  readonly name: string;
  readonly endpoint: string;
  readonly #owner: S3Client;
  readonly #configuration: string;
  readonly #users: string[] = [];

  private constructor(name: string, server: NonNullable<ReturnType<typeof s3Server>>) {
    this.name = name;
    this.endpoint = server.endpoint;
    // Where radosgw-up.sh keeps its state, the certificate lies, too.
    this.#configuration = join(dirname(dirname(server.caFile)), 'ceph.conf');
    this.#owner = new S3Client({
      endpoint: server.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: server,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  /** Makes a bucket; `remove` takes it away again, with everything in it and everybody who was made for it. */
  static async create(): Promise<GatewayBucket> {
    const server = s3Server();
    if (server === undefined) throw new Error('SIGNET_TEST_S3 is not set');
    const bucket = new GatewayBucket(`signet-${randomBytes(6).toString('hex')}`, server);
    await bucket.#owner.send(new CreateBucketCommand({ Bucket: bucket.name }));
    return bucket;
  }

  /** Makes a user who may do nothing yet. */
  async addUser(): Promise<GatewayUser> {
    const name = `signet-${randomBytes(6).toString('hex')}`;
    const accessKeyId = randomBytes(10).toString('hex').toUpperCase();
    const secretAccessKey = randomBytes(20).toString('hex');
    await this.#administer(
      ...['user', 'create', '--uid', name, '--display-name', name],
      ...['--access-key', accessKeyId, '--secret-key', secretAccessKey],
    );
    this.#users.push(name);
    return { name, accessKeyId, secretAccessKey };
  }

  /** Says what who may do, and nothing else: it replaces what was said before. */
  async allow(...grants: readonly Grant[]): Promise<void> {
    // On Ceph an object belongs to whoever put it, so that even the owner of the bucket has to be let in.
    const owner: Grant = { user: 'admin', actions: ['s3:*'], prefix: '' };
    const Policy = policyOf(this.name, [...grants, owner]);
    await this.#owner.send(new PutBucketPolicyCommand({ Bucket: this.name, Policy }));
  }

  /** Puts objects there, by key. */
  async place(objects: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await eachOf([...objects], async ([Key, Body]) => {
      await this.#owner.send(new PutObjectCommand({ Bucket: this.name, Key, Body }));
    });
  }

  /** The bytes of an object. */
  async read(key: string): Promise<Buffer> {
    const { Body } = await this.#owner.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** Every key, sorted by its bytes. */
  async keys(): Promise<string[]> {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await this.#owner.send(
        new ListObjectsV2Command({ Bucket: this.name, ContinuationToken: token }),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  }

  /** The keys of the uploads that were begun and neither completed nor aborted. */
  async pendingUploads(): Promise<string[]> {
    const { Uploads } = await this.#uploads();
    return (Uploads ?? []).map(({ Key }) => Key ?? '');
  }

  /** Removes every object and every upload. */
  async empty(): Promise<void> {
    const { Uploads } = await this.#uploads();
    await eachOf(Uploads ?? [], async ({ Key, UploadId }) => {
      await this.#owner.send(new AbortMultipartUploadCommand({ Bucket: this.name, Key, UploadId }));
    });
    const keys = await this.keys();
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE) {
      const Objects = keys.slice(from, from + DELETED_AT_ONCE).map((Key) => ({ Key }));
      await this.#owner.send(
        new DeleteObjectsCommand({ Bucket: this.name, Delete: { Objects, Quiet: true } }),
      );
    }
  }

  /** Removes the bucket and its users. */
  async remove(): Promise<void> {
    await this.empty();
    await this.#owner.send(new DeleteBucketCommand({ Bucket: this.name }));
    this.#owner.destroy();
    for (const name of this.#users) await this.#administer('user', 'rm', '--uid', name);
  }

  #uploads(): Promise<ListMultipartUploadsCommandOutput> {
    return this.#owner.send(new ListMultipartUploadsCommand({ Bucket: this.name }));
  }

  async #administer(...words: readonly string[]): Promise<void> {
    await run('radosgw-admin', ['-c', this.#configuration, '-n', 'client.admin', ...words]);
  }
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

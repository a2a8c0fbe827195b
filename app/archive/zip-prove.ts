import { AppError } from '../contract/errors.ts';
import type { DocumentRecord } from '../contract/records.ts';
import { NOTE_NAME, SUMS_NAME, verifySums } from './sums.ts';
import { damagedArchive } from './zip-damage.ts';
import type { ZipUnlocking } from './zip-cipher.ts';
import { ForwardBytes, take, type Forward } from './zip-forward.ts';
import { INNER_NAME } from './zip-inner.ts';
import { isDescriptorOf } from './zip-locate.ts';
import {
  localLengths,
  lockBytes,
  parseLocal,
  RECORD_BYTES,
  type LocalHeader,
} from './zip-parse.ts';
import { proveContent, proveLarge, proveWhole, type Content } from './zip-prove-content.ts';
import { proveDirectory, type SeenEntry } from './zip-prove-directory.ts';
import { openForward } from './zip-prove-opened.ts';
import { FLAG, METHOD, SIGNATURE } from './zip-records.ts';

/** Up to this size an entry is held, so that keys of several are derived at once. */
const WHOLE_SEALED_BYTES = 1024 * 1024;
/** Entries in the works at once. */
const AHEAD = 16;
const DESCRIPTOR_BYTES = { short: 16, long: 24 } as const;

/** What has to come out. */
interface Expected {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Re-opens an archive of Signet's own while it goes by, as one can who has no way back: header by header, each entry opened,
 * authenticated, expanded and hashed, and at the end the central directory held against what was seen.
 *
 * @param bundle - the archive
 * @param unlock - the passphrase
 * @param expected - the documents; not believed, only used to find the end of what does not say its own size
 * @returns the documents in order, without the note and the checksums
 * @throws `proof-failed`, `wrong-passphrase`, `bundle-damaged`
 */
export async function proveZip(
  bundle: AsyncIterable<Uint8Array>,
  unlock: ZipUnlocking,
  expected: readonly Expected[],
): Promise<readonly DocumentRecord[]> {
  const bytes = new ForwardBytes(bundle);
  try {
    const sizes = new Map(expected.map((document) => [document.name, document.bytes]));
    const found = await new ZipProof(bytes, unlock, sizes).run();
    if ((await bytes.peek()).byteLength > 0) throw damagedArchive('trailing-data');
    return documentsIn(found);
  } finally {
    await bytes.close();
  }
}

/** Tells Signet's own two entries from the documents, and holds these against the checksums. */
function documentsIn(found: readonly Content[]): readonly DocumentRecord[] {
  const last = found.at(-1);
  if (last?.record.name !== SUMS_NAME) throw new AppError('proof-failed', {});
  const summed = found.slice(0, -1).map(({ record }) => record);
  if (verifySums(last.text, summed) !== 'matched') throw new AppError('proof-failed', {});
  return summed[0]?.name === NOTE_NAME ? summed.slice(1) : summed;
}

class ZipProof {
  readonly #bytes: Forward;
  /** Absent for an archive inside, in which nothing is sealed. */
  readonly #unlock: ZipUnlocking | undefined;
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #found: Promise<readonly Content[]>[] = [];

  constructor(
    bytes: Forward,
    unlock: ZipUnlocking | undefined,
    sizes: ReadonlyMap<string, number>,
  ) {
    this.#bytes = bytes;
    this.#unlock = unlock;
    this.#sizes = sizes;
  }

  async run(): Promise<readonly Content[]> {
    const seen: SeenEntry[] = [];
    for (;;) {
      const offset = this.#bytes.position;
      const signature = await take(this.#bytes, 4);
      if (readUint32(signature) !== SIGNATURE.local) {
        await proveDirectory(this.#bytes, signature, seen);
        return (await Promise.all(this.#found)).flat();
      }
      seen.push({ ...(await this.#entry(signature)), offset });
    }
  }

  async #entry(signature: Uint8Array): Promise<LocalHeader> {
    const rest = await take(this.#bytes, RECORD_BYTES.local - 4);
    const header = Buffer.concat([signature, rest]);
    const lengths = localLengths(header);
    const name = await take(this.#bytes, lengths.name);
    const local = parseLocal(header, name, await take(this.#bytes, lengths.extra));
    const text = Buffer.from(name).toString('utf8');
    if (text.endsWith('/')) {
      if (local.bytes !== 0 || local.sealedBytes !== 0) throw damagedArchive('malformed', text);
      return local;
    }
    // What is not sealed in a sealed archive would be nobody's proof of anything.
    if ((local.lock.kind === 'aes') !== (this.#unlock !== undefined))
      throw new AppError('proof-failed', { name: text });
    if ((local.flags & FLAG.descriptor) !== 0) return await this.#streamed(text, local);
    await this.#sized(text, local);
    return local;
  }

  async #sized(name: string, local: LocalHeader): Promise<void> {
    const { head, tail } = lockBytes(local.lock);
    const length = local.sealedBytes - head - tail;
    if (length < 0) throw damagedArchive('malformed', name);
    if (local.sealedBytes > WHOLE_SEALED_BYTES || local.bytes > WHOLE_SEALED_BYTES) {
      this.#keep([await proveLarge(name, local, this.#bytes, this.#unlock)]);
      return;
    }
    const sealed = await take(this.#bytes, local.sealedBytes);
    this.#keep(proveWhole(name, local, sealed, this.#unlock).then((content) => [content]));
    await this.#found.at(-AHEAD);
  }

  /** Of an entry that does not say its size before: the header, completed. */
  async #streamed(name: string, local: LocalHeader): Promise<LocalHeader> {
    const start = this.#bytes.position;
    const content = await openForward(name, local, this.#bytes, this.#unlock);
    let complete: LocalHeader;
    if (local.method === METHOD.store && this.#unlock !== undefined) {
      if (name !== INNER_NAME) throw new AppError('proof-failed', { name });
      const found = await new ZipProof(content.forward, undefined, this.#sizes).run();
      this.#keep(found);
      complete = { ...local, bytes: content.forward.position };
    } else {
      const expected = this.#sizes.get(name) ?? 0;
      const { crc, ...proven } = await proveContent(name, local, content.forward, expected);
      this.#keep([proven]);
      complete = {
        ...local,
        bytes: proven.record.bytes,
        crc: this.#unlock === undefined ? crc : 0,
      };
    }
    await content.finish();
    complete = { ...complete, sealedBytes: this.#bytes.position - start };
    await this.#descriptor(name, complete);
    return complete;
  }

  async #descriptor(name: string, complete: LocalHeader): Promise<void> {
    const short = await take(this.#bytes, DESCRIPTOR_BYTES.short);
    if (isDescriptorOf(complete, short)) return;
    const more = await take(this.#bytes, DESCRIPTOR_BYTES.long - DESCRIPTOR_BYTES.short);
    if (!isDescriptorOf(complete, Buffer.concat([short, more])))
      throw damagedArchive('malformed', name);
  }

  #keep(found: readonly Content[] | Promise<readonly Content[]>): void {
    const kept = Promise.resolve(found);
    // It is awaited at the end; if something else fails first, that is told instead.
    kept.catch(() => undefined);
    this.#found.push(kept);
  }
}

function readUint32(bytes: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32LE(0);
}

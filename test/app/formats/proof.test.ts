import { describe, expect, it } from 'vitest';
import type { DocumentRecord, DocumentSource } from '../../../app/contract/records.ts';
import { generateKey } from '../../../app/envelope/keys.ts';
import type { Lock } from '../../../app/envelope/envelope.ts';
import { ageFormat } from '../../../app/formats/age.ts';
import type { Sealing } from '../../../app/formats/format.ts';
import { proven } from '../../../app/formats/proof.ts';
import { documentSource } from '../../support/sources.ts';
import { collect } from '../../support/streams.ts';
import { watchWorkers } from '../digest/workers.ts';

const key = await generateKey('x25519');
const LOCKS: readonly Lock[] = [
  { kind: 'passphrase', passphrase: 'violet-kettle', logN: 4 },
  { kind: 'keys', recipients: [key.recipient] },
];
const DOCUMENTS = [
  documentSource('passport.pdf', Buffer.alloc(300_000, 1), { pieceBytes: 64 * 1024 }),
  documentSource('folder/empty.txt', ''),
  documentSource('folder/履歴書.txt', 'résumé'),
];
/** More than a bundle that is proven in this thread. */
const LARGE = [documentSource('scan.tif', Buffer.alloc(20_000_000, 7), { pieceBytes: 2 ** 18 })];

async function seal(
  lock: Lock,
  documents: readonly DocumentSource[] = DOCUMENTS,
): Promise<Sealing> {
  const bytes = documents.reduce((sum, document) => sum + document.bytes, 0);
  const contents = { documents, emptyFolders: ['nothing in it'], note: 'Here they are.' };
  return await ageFormat.seal({ contents, bytes, lock, hideNames: false }, {});
}

/** A bundle, changed on its way. */
function changed(
  sealing: Sealing,
  change: (bytes: AsyncIterable<Uint8Array>) => AsyncIterableIterator<Uint8Array>,
): Sealing {
  return { ...sealing, bytes: change(sealing.bytes) };
}

async function* flipped(
  bytes: AsyncIterable<Uint8Array>,
  at: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let position = 0;
  for await (const piece of bytes) {
    const copy = Uint8Array.from(piece);
    const byte = copy[at - position];
    if (byte !== undefined) copy[at - position] = byte ^ 1;
    position += piece.byteLength;
    yield copy;
  }
}

async function* short(
  bytes: AsyncIterable<Uint8Array>,
  by: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const whole = await collect(bytes);
  yield whole.subarray(0, whole.byteLength - by);
}

describe.each([
  ['in this thread', DOCUMENTS, 0],
  ['in a thread of its own', LARGE, 1],
] as const)('a bundle that is re-opened %s while it goes by', (_where, documents, threads) => {
  it.each(LOCKS)('comes through unchanged, locked for $kind', async (lock) => {
    const workers = watchWorkers();
    const sealing = await seal(lock, documents);
    const seen: Uint8Array[] = [];
    async function* watched(): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const piece of sealing.bytes) {
        seen.push(Uint8Array.from(piece));
        yield piece;
      }
    }
    const bundle = await collect(proven(ageFormat, { ...sealing, bytes: watched() }, documents));
    expect(Buffer.compare(bundle, Buffer.concat(seen))).toBe(0);
    const proofs = workers.filter(({ threadId }) => threadId !== 0);
    expect(proofs.length).toBeGreaterThanOrEqual(threads);
  });

  it.each(LOCKS)('fails before its end when a bit is wrong, locked for $kind', async (lock) => {
    const size = (await collect((await seal(lock, documents)).bytes)).byteLength;
    for (const at of [5, 150, Math.floor(size / 2), size - 1]) {
      const sealing = changed(await seal(lock, documents), (bytes) => flipped(bytes, at));
      await expect(collect(proven(ageFormat, sealing, documents))).rejects.toMatchObject({
        code: 'proof-failed',
      });
    }
  });

  it('fails when its end is missing', async () => {
    for (const by of [1, 16, 1000]) {
      const sealing = changed(await seal(LOCKS[0]!, documents), (bytes) => short(bytes, by));
      await expect(collect(proven(ageFormat, sealing, documents))).rejects.toMatchObject({
        code: 'proof-failed',
      });
    }
  });

  it('fails when its header does not belong to the file key', async () => {
    const sealing: Sealing = {
      ...(await seal(LOCKS[0]!, documents)),
      proofKey: { kind: 'file-key', fileKey: new Uint8Array(16) },
    };
    await expect(collect(proven(ageFormat, sealing, documents))).rejects.toMatchObject({
      code: 'proof-failed',
    });
  });

  it('ends its thread when it is closed half-way', async () => {
    const workers = watchWorkers();
    const bundle = proven(ageFormat, await seal(LOCKS[0]!, documents), documents);
    await bundle.next();
    await bundle.return?.();
    await Promise.all(workers.map((worker) => worker.terminate()));
    expect(await bundle.next()).toEqual({ done: true, value: undefined });
  });
});

it('a document that comes out otherwise than it was sealed is named', async () => {
  const sealing = await seal(LOCKS[0]!);
  const records: DocumentRecord[] = [];
  const lying: Sealing = { ...sealing, documents: records };
  const bundle = proven(ageFormat, lying, DOCUMENTS);
  const reading = collect(bundle);
  // What the sealing says of itself, but for one sum.
  await expect(reading).rejects.toMatchObject({ code: 'proof-failed' });
  const again = await seal(LOCKS[0]!);
  const other: Sealing = {
    ...again,
    get documents() {
      return again.documents.map((document) =>
        document.name === 'passport.pdf' ? { ...document, sha256: '0'.repeat(64) } : document,
      );
    },
  };
  await expect(collect(proven(ageFormat, other, DOCUMENTS))).rejects.toMatchObject({
    code: 'proof-failed',
    data: { name: 'passport.pdf' },
  });
});

it.each(LOCKS)(
  'the file key for the proof is wiped when the bundle is closed, %o',
  async (lock) => {
    const sealing = await seal(lock);
    const { proofKey } = sealing;
    if (proofKey?.kind !== 'file-key') throw new Error('no file key');
    expect(proofKey.fileKey.some((byte) => byte !== 0)).toBe(true);
    await collect(proven(ageFormat, sealing, DOCUMENTS));
    expect([...proofKey.fileKey]).toEqual(Array(16).fill(0));
  },
);

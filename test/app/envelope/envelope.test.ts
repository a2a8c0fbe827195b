import { randomBytes } from 'node:crypto';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES, type Engine } from '../../../app/envelope/engine.ts';
import {
  inspectEnvelope,
  openEnvelope,
  recogniseEnvelope,
  sealEnvelope,
  type Lock,
  type Unlock,
} from '../../../app/envelope/envelope.ts';
import { generateKey } from '../../../app/envelope/keys.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { passphraseRecipient } from '../../../app/envelope/scrypt.ts';
import { canonicalWords, passphraseReadings } from '../../../app/passphrase/entry.ts';
import { collect, pieces } from '../../support/streams.ts';
import { observe } from './observed-engine.ts';
import { cut, failure, Watched } from './watched.ts';

const engines = await Promise.all(ENGINE_NAMES.map((name) => loadEngine(name)));
const [engine] = engines as [Engine];
const anna = await generateKey('x25519');
const ben = await generateKey('x25519');
const cleo = await generateKey('hybrid');
const plaintext = randomBytes(300_000);
const nobody: Unlock = { passphrases: [], identities: [] };

const byPassphrase: Lock = { kind: 'passphrase', passphrase: 'abacus-abdomen', logN: 4 };
const forAnna: Lock = { kind: 'keys', recipients: [anna.recipient] };
const forCleo: Lock = { kind: 'keys', recipients: [cleo.recipient] };

async function seal(lock: Lock, bytes: Uint8Array = plaintext, by = engine): Promise<Buffer> {
  return await collect(await sealEnvelope(by, lock, pieces(bytes, 100_000)));
}

async function open(file: Uint8Array, unlock: Partial<Unlock>, by = engine): Promise<Buffer> {
  return await collect(await openEnvelope(by, pieces(file, 50_000), { ...nobody, ...unlock }));
}

describe('an envelope', () => {
  it.each([
    ['a passphrase', byPassphrase, { passphrases: ['abacus-abdomen'] }],
    ['a key', forAnna, { identities: [anna.identity] }],
    ['a post-quantum key', forCleo, { identities: [cleo.identity] }],
  ] as const)('for %s opens with each engine and as armor', async (_for, lock, unlock) => {
    for (const sealer of engines) {
      const file = await seal(lock, plaintext, sealer);
      for (const opener of engines) {
        expect((await open(file, unlock, opener)).equals(plaintext)).toBe(true);
        const armored = Buffer.from(armor.encode(file));
        expect((await open(armored, unlock, opener)).equals(plaintext)).toBe(true);
      }
    }
  });

  it.each([
    ['a passphrase', byPassphrase, 'abacus-abdomen', undefined],
    ['a key', forAnna, undefined, anna.identity],
    ['a post-quantum key', forCleo, undefined, cleo.identity],
  ] as const)('for %s opens with the age-encryption library', async (_for, lock, phrase, key) => {
    const decrypter = new Decrypter();
    if (phrase !== undefined) decrypter.addPassphrase(phrase);
    if (key !== undefined) decrypter.addIdentity(key);
    const opened = await decrypter.decrypt(await seal(lock));
    expect(plaintext.equals(opened)).toBe(true);
  });

  it('opens as armor behind as much white space as a mail may put in front', async () => {
    const armored = armor.encode(await seal(forAnna, Buffer.from('a visa')));
    for (const space of [' ', '\n\n', '\r\n'.repeat(100), ' \n'.repeat(2000)])
      for (const size of [1, 30, 10_000]) {
        const source = new Watched(cut(Buffer.from(space + armored), [size]));
        const unlock = { passphrases: [], identities: [anna.identity] };
        expect(String(await collect(await openEnvelope(engine, source, unlock)))).toBe('a visa');
      }
  });

  it('of the age-encryption library opens here', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('abacus');
    encrypter.setScryptWorkFactor(4);
    const file = await encrypter.encrypt(Uint8Array.from(plaintext));
    expect((await open(file, { passphrases: ['abacus'] })).equals(plaintext)).toBe(true);
  });

  it('may be empty', async () => {
    const file = await seal(forAnna, new Uint8Array());
    expect(await open(file, { identities: [anna.identity] })).toHaveLength(0);
  });

  it('for one of several keys opens with any identity of a person who has several', async () => {
    const file = await seal({ kind: 'keys', recipients: [anna.recipient, ben.recipient] });
    const opened = await open(file, { identities: [cleo.identity, ben.identity] });
    expect(opened.equals(plaintext)).toBe(true);
  });

  it('opens when both a passphrase and keys are at hand, whichever it asks for', async () => {
    const unlock = { passphrases: ['abacus-abdomen'], identities: [anna.identity] };
    expect((await open(await seal(byPassphrase), unlock)).equals(plaintext)).toBe(true);
    expect((await open(await seal(forAnna), unlock)).equals(plaintext)).toBe(true);
  });
});

describe('what does not fit', () => {
  it.each([
    ['wrong-passphrase', byPassphrase, { passphrases: ['abacus'] }],
    ['wrong-passphrase', byPassphrase, { passphrases: ['a', 'b'], identities: [anna.identity] }],
    ['passphrase-needed', byPassphrase, {}],
    ['passphrase-needed', byPassphrase, { identities: [anna.identity] }],
    ['no-matching-key', forAnna, { identities: [ben.identity] }],
    ['no-matching-key', forAnna, { identities: [cleo.identity], passphrases: ['abacus-abdomen'] }],
    ['no-matching-key', forCleo, { identities: [anna.identity] }],
    ['key-needed', forAnna, {}],
    ['key-needed', forAnna, { passphrases: ['abacus-abdomen'] }],
    ['key-needed', forCleo, {}],
  ] as const)('is called %s (%#)', async (expected, lock, unlock) => {
    const source = new Watched(cut(await seal(lock), [1000]));
    const { code, data } = await failure(openEnvelope(engine, source, { ...nobody, ...unlock }));
    expect({ code, data }).toEqual({ code: expected, data: {} });
    // The rest of a large bundle is not read for nothing, and its file or connection is let go.
    expect(source.taken).toBeLessThan(5000);
    expect(source.closed).toBe(true);
  });

  it('is a passphrase stanza beside others, even for who holds a key of the others', async () => {
    // Who knows the passphrase could not tell that somebody else can open, and so have sealed, the bundle.
    const encrypter = new Encrypter();
    encrypter.addRecipient(anna.recipient);
    encrypter.addRecipient(passphraseRecipient(engine, 'abacus-abdomen', 4));
    const file = await encrypter.encrypt('a visa');
    for (const unlock of [
      { identities: [anna.identity] },
      { passphrases: ['abacus-abdomen'] },
      {},
    ]) {
      const error = await failure(openEnvelope(engine, pieces(file), { ...nobody, ...unlock }));
      expect(error.code).toBe('bundle-damaged');
      expect(error.data).toEqual({ part: 'header', damage: 'malformed' });
    }
  });

  it('costs no memory when the work factor is above the limit', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('abacus');
    encrypter.setScryptWorkFactor(2);
    const file = Buffer.from(await encrypter.encrypt('x')).toString('latin1');
    for (const [logN, limit] of [
      [23, undefined],
      [40, undefined],
      [7, 6],
      [3, 2],
    ] as const) {
      const costly = Buffer.from(file.replace(/ 2\n/, ` ${String(logN)}\n`), 'latin1');
      const { engine: watching, attempts } = observe(engine);
      const error = await failure(
        openEnvelope(watching, pieces(costly), {
          ...nobody,
          passphrases: ['abacus'],
          ...(limit === undefined ? {} : { maxLogN: limit }),
        }),
      );
      expect(error.code).toBe('work-factor-too-high');
      expect(error.data).toEqual({ logN, limit: limit ?? 22 });
      expect(attempts()).toBe(0);
    }
  });
});

describe('a typed passphrase', () => {
  it('is tried as typed before it is tried as list words', async () => {
    // Somebody may well have sealed with exactly this, elsewhere, as a passphrase of their own.
    const typed = 'Abacus Abdomen';
    expect(canonicalWords(typed)).toBe('abacus-abdomen');
    for (const [sealedWith, expected] of [
      [typed, 1],
      ['abacus-abdomen', 2],
    ] as const) {
      const file = await seal({ kind: 'passphrase', passphrase: sealedWith, logN: 4 });
      const { engine: watching, keys } = observe(engine);
      const stream = await openEnvelope(watching, pieces(file), {
        ...nobody,
        passphrases: passphraseReadings(typed),
      });
      // Each reading is one key that scrypt derived; the payload's comes later.
      expect(keys.size).toBe(expected);
      expect((await collect(stream)).equals(plaintext)).toBe(true);
    }
  });

  it('that is right at once costs one derivation only', () => {
    expect(passphraseReadings('abacus-abdomen')).toEqual(['abacus-abdomen']);
  });
});

describe('inspecting an envelope', () => {
  it.each([
    ['a passphrase', byPassphrase, { stanzas: ['scrypt'], logN: 4 }],
    ['a key', forAnna, { stanzas: ['X25519'] }],
    ['a post-quantum key', forCleo, { stanzas: ['mlkem768x25519'] }],
  ] as const)('for %s tells what it says openly', async (_for, lock, summary) => {
    const file = await seal(lock);
    const headerBytes = file.indexOf('\n', file.indexOf('\n---') + 1) + 1;
    for (const [armored, content] of [
      [false, file],
      [true, Buffer.from(`\n${armor.encode(file)}`)],
    ] as const)
      for (const size of [1, 1000, content.byteLength]) {
        const source = new Watched(cut(content.subarray(0, 10_000), [size]));
        expect(await inspectEnvelope(source)).toEqual({ armored, headerBytes, ...summary });
        expect(source.closed).toBe(true);
      }
  });

  it('of a file that is none says that its header is damaged', async () => {
    const { code, data } = await failure(inspectEnvelope(pieces(randomBytes(300_000), 1000)));
    expect(code).toBe('bundle-damaged');
    expect(data).toMatchObject({ part: 'header' });
  });
});

describe('recognising a file by how it begins', () => {
  it.each([
    ['age', 'age-encryption.org/v1\n-> X25519'],
    ['armored-age', '-----BEGIN AGE ENCRYPTED FILE-----\n'],
    ['armored-age', '\r\n \t-----BEGIN AGE ENCRYPTED FILE-----\r\n'],
    ['other', 'age-encryption.org/v2\n'],
    ['other', ' age-encryption.org/v1\n'],
    ['other', 'age-encryption.org/v1'],
    ['other', '-----BEGIN PGP MESSAGE-----\n'],
    ['other', 'PK\u0003\u0004'],
    ['other', ''],
  ] as const)('finds %s (%#)', (kind, head) => {
    expect(recogniseEnvelope(Buffer.from(head, 'latin1'))).toBe(kind);
  });
});

import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGE_INTRO,
  MAX_RECIPIENTS,
  openHeader,
  readHeader,
  sealHeader,
  summariseHeader,
} from '../../../app/envelope/header.ts';
import { generateKey, type KeyPair } from '../../../app/envelope/keys.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { passphraseIdentity, passphraseRecipient } from '../../../app/envelope/scrypt.ts';
import { pieces } from '../../support/streams.ts';
import { failure } from './watched.ts';

const engine = await loadEngine();
const classical = await Promise.all([0, 1, 2].map(() => generateKey('x25519')));
const hybrid = await Promise.all([0, 1, 2].map(() => generateKey('hybrid')));
const [anna, ben] = classical as [KeyPair, KeyPair];
const stranger = await generateKey('x25519');

function sealTo(recipients: readonly string[]): ReturnType<typeof sealHeader> {
  return sealHeader({ kind: 'keys', recipients });
}

describe('a header', () => {
  it('for a passphrase opens with it, and with nothing else', async () => {
    const recipient = passphraseRecipient(engine, 'right', 2);
    const { header, fileKey } = await sealHeader({ kind: 'passphrase', recipient });
    expect(fileKey).toHaveLength(16);
    expect(await openHeader(header, [passphraseIdentity(engine, ['right'], 22)])).toEqual(fileKey);
    expect(await openHeader(header, [passphraseIdentity(engine, ['wrong'], 22)])).toBeUndefined();
    expect(await openHeader(header, [anna.identity])).toBeUndefined();
    expect(await openHeader(header, [])).toBeUndefined();
    expect(await summariseHeader(header)).toEqual({ stanzas: ['scrypt'], logN: 2 });
  });

  it.each([
    ['X25519', classical],
    ['mlkem768x25519', hybrid],
  ])('for several %s keys opens with each of them', async (type, pairs) => {
    const { header, fileKey } = await sealTo(pairs.map(({ recipient }) => recipient));
    for (const { identity } of pairs) {
      expect(await openHeader(header, [identity])).toEqual(fileKey);
      expect(await openHeader(header, [stranger.identity, identity])).toEqual(fileKey);
    }
    expect(await openHeader(header, [stranger.identity])).toBeUndefined();
    expect(await summariseHeader(header)).toEqual({ stanzas: [type, type, type] });
  });

  it('is text that begins with the line of age and ends with its MAC', async () => {
    const { header } = await sealTo([anna.recipient]);
    const text = Buffer.from(header).toString('latin1');
    expect(text.startsWith(AGE_INTRO)).toBe(true);
    expect(text).toMatch(/\n--- [A-Za-z0-9+/]{43}\n$/);
  });

  it('hides another file key each time', async () => {
    const sealed = await Promise.all([1, 2, 3].map(() => sealTo([anna.recipient])));
    const keys = sealed.map(({ fileKey }) => Buffer.from(fileKey).toString('hex'));
    expect(new Set(keys).size).toBe(3);
    expect(keys).not.toContain('0'.repeat(32));
  });

  it('does not contain its file key', async () => {
    const { header, fileKey } = await sealTo([anna.recipient]);
    expect(Buffer.from(header).includes(Buffer.from(fileKey))).toBe(false);
    const text = Buffer.from(header).toString('latin1');
    expect(text).not.toContain(Buffer.from(fileKey).toString('base64').slice(0, 20));
  });

  it.each([
    ['X25519', 'x25519'],
    ['mlkem768x25519', 'hybrid'],
  ] as const)(
    `for ${String(MAX_RECIPIENTS)} %s keys is within what is read`,
    async (_type, kind) => {
      // One key many times is as long as many keys, and the last stanza has to be reached.
      const { identity, recipient } = await generateKey(kind);
      const { header, fileKey } = await sealTo(Array<string>(MAX_RECIPIENTS).fill(recipient));
      const read = await readHeader(pieces(header, 4096));
      expect(read.header).toEqual(Buffer.from(header));
      expect(await openHeader(read.header, [identity])).toEqual(fileKey);
    },
  );
});

describe('sealing a header', () => {
  it('refuses more recipients than are read back', async () => {
    const recipients = Array<string>(MAX_RECIPIENTS + 1).fill(anna.recipient);
    const { code, data } = await failure(sealTo(recipients));
    expect(code).toBe('too-many-recipients');
    expect(data).toEqual({ limit: MAX_RECIPIENTS });
  });

  it('refuses to seal for nobody', async () => {
    expect((await failure(sealTo([]))).code).toBe('recipient-invalid');
  });

  it.each([
    ['first', [anna.recipient, hybrid[0]!.recipient]],
    ['last', [hybrid[0]!.recipient, hybrid[1]!.recipient, anna.recipient]],
    ['beside a post-quantum token', [`age1tagpq1${'q'.repeat(20)}`, anna.recipient]],
  ])('refuses a classical recipient among post-quantum ones (%s)', async (_where, recipients) => {
    const { code, data } = await failure(sealTo(recipients));
    expect(code).toBe('recipients-mixed');
    expect(data).toEqual({});
  });

  it.each([
    ['nothing', ''],
    ['a word', 'anna'],
    ['one character less', anna.recipient.slice(0, -1)],
    ['one character changed', changed(anna.recipient, 20)],
    ['a blank in front', ` ${anna.recipient}`],
    ['two at once', `${anna.recipient}${ben.recipient}`],
    ['capitals', anna.recipient.toUpperCase()],
    ['a hybrid one with a character changed', changed(hybrid[0]!.recipient, 900)],
    ['a plugin', 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t'],
    ['an SSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0dnwZ0JNkjpnmQ'],
  ])('refuses what is no recipient: %s', async (_what, recipient) => {
    const error = await failure(sealTo([recipient]));
    expect(error.code).toBe('recipient-invalid');
    // Enough to recognise it by, never a page of it.
    const shown = (error.data as { recipient: string }).recipient;
    expect(recipient.startsWith(shown)).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(80);
  });

  describe('given the secret half of a key', () => {
    const scalar = anna.identity.slice('AGE-SECRET-KEY-1'.length);

    async function expectSilence(typed: string): Promise<void> {
      const error = await failure(sealTo([typed]));
      expect(error.code).toBe('recipient-invalid');
      // The library's errors may quote what they refuse.
      expect(error.cause).toBeUndefined();
      // Message, data, stack, the whole chain of causes, and what crosses to the screen.
      const told = [
        inspect(error, { depth: null, showHidden: true, maxStringLength: null }),
        JSON.stringify(error),
        JSON.stringify(error.data),
        String(error.stack),
      ].join('\n');
      // What is not known as a key at all is quoted with its first 12 characters, which are a fifth of a secret.
      for (let at = 0; at + 13 <= scalar.length; at += 1)
        expect(told.toLowerCase()).not.toContain(scalar.slice(at, at + 13).toLowerCase());
    }

    it.each([
      ['as it is', anna.identity],
      ['of a hybrid key', `AGE-SECRET-KEY-PQ-1${scalar}`],
      ['in lower case', anna.identity.toLowerCase()],
      ['with blanks around it', `  ${anna.identity}\n`],
      ['without its prefix', scalar],
      ['with the prefix of the public half', `age1${scalar}`],
      ['behind its public half', `${anna.recipient}\n${anna.identity}`],
      ['glued to its public half', `${anna.recipient}${anna.identity}`],
      ['in a whole identity file', `# public key: ${anna.recipient}\n${anna.identity}\n`],
    ])('%s, tells none of it', async (_how, typed) => {
      await expectSilence(typed);
    });

    it('says that it is the secret half', async () => {
      const { data } = await failure(sealTo([anna.identity]));
      expect(data).toEqual({ recipient: 'AGE-SECRET-KEY-…' });
    });

    it('with a typing mistake tells none of it', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.nat({ max: anna.identity.length - 1 }),
          fc.constantFrom('', ' ', 'Q', '1', '-', 'x'),
          (at, typed) =>
            expectSilence(anna.identity.slice(0, at) + typed + anna.identity.slice(at + 1)),
        ),
        { numRuns: 100 },
      );
    });
  });
});

describe('opening a header', () => {
  it('tells nothing of an identity with a typing mistake', async () => {
    const { header } = await sealTo([anna.recipient]);
    const typed = [changed(anna.identity, 40), anna.identity.slice(0, -1), anna.identity.slice(1)];
    for (const identity of typed) {
      const error = await failure(openHeader(header, [identity]));
      const told = inspect(error, { depth: null, showHidden: true }).toLowerCase();
      expect(told).not.toContain(identity.slice(20, 32).toLowerCase());
    }
  });

  it('asks the identities in order and stops at the first that fits', async () => {
    const { header, fileKey } = await sealTo([anna.recipient]);
    const asked: string[] = [];
    const silent = (name: string): { unwrapFileKey: () => null } => ({
      unwrapFileKey: () => {
        asked.push(name);
        return null;
      },
    });
    const key = await openHeader(header, [silent('a'), silent('b'), anna.identity, silent('c')]);
    expect(key).toEqual(fileKey);
    expect(asked).toEqual(['a', 'b']);
  });
});

function changed(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'q' ? 'p' : 'q') + text.slice(at + 1);
}

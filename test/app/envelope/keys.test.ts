import { inspect } from 'node:util';
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIdentityFile, generateKey, parseIdentityFile } from '../../../app/envelope/keys.ts';
import { failure } from './watched.ts';

const KINDS = ['x25519', 'hybrid'] as const;
const PATH = '/home/anna/signet-identity.txt';

describe('a generated key', () => {
  it.each([
    ['x25519', /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/, /^age1[0-9a-z]{58}$/],
    ['hybrid', /^AGE-SECRET-KEY-PQ-1[0-9A-Z]{58}$/, /^age1pq1[0-9a-z]{1952}$/],
  ] as const)(
    'of the kind %s has the form that age gives it',
    async (kind, identity, recipient) => {
      const pair = await generateKey(kind);
      expect(pair.identity).toMatch(identity);
      expect(pair.recipient).toMatch(recipient);
    },
  );

  it.each(KINDS)('of the kind %s opens what the library seals to it', async (kind) => {
    const { identity, recipient } = await generateKey(kind);
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const file = await encrypter.encrypt('a passport');
    expect(await decrypter.decrypt(file, 'text')).toBe('a passport');
  });

  it.each(KINDS)('of the kind %s is another each time', async (kind) => {
    const pairs = await Promise.all(Array.from({ length: 10 }, () => generateKey(kind)));
    expect(new Set(pairs.map(({ identity }) => identity)).size).toBe(10);
    expect(new Set(pairs.map(({ recipient }) => recipient)).size).toBe(10);
  });
});

describe('an identity file', () => {
  it.each(KINDS)('with a %s key comes back as the pair it was made of', async (kind) => {
    const pair = await generateKey(kind);
    const text = formatIdentityFile(pair, new Date('2026-11-05T10:20:30Z'));
    expect(text).toBe(
      `# created: 2026-11-05T10:20:30.000Z\n# public key: ${pair.recipient}\n${pair.identity}\n`,
    );
    expect(await parseIdentityFile(text, PATH)).toEqual([pair]);
  });

  it('may hold several keys, comments, blank lines, and the line ends and marks of Windows', async () => {
    const pairs = [
      await generateKey('x25519'),
      await generateKey('hybrid'),
      await generateKey('x25519'),
    ];
    const [first, second, third] = pairs.map(({ identity }) => identity) as [
      string,
      string,
      string,
    ];
    const text = `\ufeff# mine\r\n\r\n${first}\r\n#${first}\n\n   # ours\n\t${second}  \n${third}`;
    expect(await parseIdentityFile(text, PATH)).toEqual(pairs);
  });

  it.each([
    ['is empty', ''],
    ['holds only comments', '# created: 2026-11-05T10:20:30Z\n\n# public key: age1abc\n'],
    ['is text', 'Dear Anna,\n'],
    ['holds a public half', 'age1hu7vmn9c4ycjqplyhuym9ygqnpvlznkkj2lnyyj6j32wng82c50qhcvzcw\n'],
    ['is an age file itself', 'age-encryption.org/v1\n-> scrypt abc 18\nabc\n--- abc\n'],
    ['holds a plugin key', 'AGE-PLUGIN-YUBIKEY-1QQPQ5ZZXY0ZQZ\n'],
    ['holds an SSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA\n'],
  ])('that %s is refused', async (_what, text) => {
    const { code, data } = await failure(parseIdentityFile(text, PATH));
    expect(code).toBe('identity-invalid');
    expect(data).toEqual({ path: PATH });
  });

  it('with one bad line among good ones is refused as a whole', async () => {
    const { identity } = await generateKey('x25519');
    const text = `${identity}\n${identity.slice(0, -1)}\n`;
    expect((await failure(parseIdentityFile(text, PATH))).code).toBe('identity-invalid');
  });

  it.each(KINDS)(
    'with a typing mistake in a %s key is refused without quoting it',
    async (kind) => {
      const { identity } = await generateKey(kind);
      await fc.assert(
        fc.asyncProperty(
          fc.nat({ max: identity.length - 1 }),
          fc.constantFrom('', ' ', 'Q', 'P', '1', '-', 'b', '\u00c4'),
          async (at, character) => {
            const typed = identity.slice(0, at) + character + identity.slice(at + 1);
            // A blank at either end is white space around the line, not a mistake in it.
            fc.pre(typed.trim() !== identity);
            const error = await failure(parseIdentityFile(`# mine\n${typed}\n`, PATH));
            expect(error.code).toBe('identity-invalid');
            expect(tellsSecret(inspect(error, { depth: null, showHidden: true }), typed)).toBe(
              false,
            );
          },
        ),
        { numRuns: 200 },
      );
    },
  );
});

/** Whether a text holds any twelve characters of a secret in a row, in either case. */
function tellsSecret(text: string, identity: string): boolean {
  const secret = identity.slice('AGE-SECRET-KEY-PQ-1'.length).toLowerCase();
  const runs = Array.from({ length: secret.length - 11 }, (_unused, at) =>
    secret.slice(at, at + 12),
  );
  return runs.some((run) => text.toLowerCase().includes(run));
}

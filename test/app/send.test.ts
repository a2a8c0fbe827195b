import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MAX_NOTE_BYTES } from '../../app/archive/pack.ts';
import type { Progress } from '../../app/contract/job.ts';
import { folderDestination } from '../../app/destinations/folder.ts';
import { generateKey } from '../../app/envelope/keys.ts';
import { inspectBundle, openBundle } from '../../app/receive.ts';
import { send, withEnding, type LockRequest, type SendRequest } from '../../app/send.ts';
import { testKey } from '../support/bundles.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { stateOf } from '../support/folder-state.ts';
import { filesIn } from '../support/temporary.ts';
import { KEYS, request, workplace } from '../support/workplace.ts';

const STRONG = 'vinegar-Zebra 41 quits the moonlit Depot';

test('the receipt tells what was sealed, where it lies, and proves it', async () => {
  const { input, out } = workplace();
  const receipt = await send(request(input, { name: 'x.tar.age' }), folderDestination(out), {});
  const bundle = readFileSync(join(out, 'x.tar.age'));
  const sum = (bytes: string | Uint8Array): string =>
    createHash('sha256').update(bytes).digest('hex');
  expect(receipt).toEqual({
    bundle: 'x.tar.age',
    format: 'age',
    location: join(out, 'x.tar.age'),
    bytes: bundle.byteLength,
    sha256: sum(bundle),
    verifiedBy: ['flushed-to-disk'],
    documents: [
      { name: 'client/accounts/2025.bin', bytes: 700_001, sha256: sum(patternBytes(700_001, 2)) },
      { name: 'client/passport.pdf', bytes: 5000, sha256: sum(patternBytes(5000, 1)) },
      { name: 'client/履歴書.txt', bytes: 8, sha256: sum('résumé') },
    ],
    leftOut: ['client/.DS_Store'],
  });
});

test('a bundle in a folder is as readable as any new file there, for whoever shares the folder', async () => {
  const { input, out } = workplace();
  const { location } = await send(request(input), folderDestination(out), {});
  writeFileSync(join(out, 'usual'), '');
  expect(statSync(location).mode).toBe(statSync(join(out, 'usual')).mode);
});

test('a bundle without a name gets one that tells nothing', async () => {
  const { input, out } = workplace();
  const names = new Set<string>();
  for (let count = 0; count < 5; count += 1) {
    const { bundle } = await send(request(input), folderDestination(out), {});
    expect(bundle).toMatch(/^bundle-[a-km-np-z2-9]{6}\.tar\.age$/);
    names.add(bundle);
  }
  expect(readdirSync(out).sort()).toEqual([...names].sort());
  expect(names.size).toBe(5);
});

test('a name gets its ending unless it has one', () => {
  expect(withEnding('x')).toBe('x.tar.age');
  expect(withEnding('x.pdf')).toBe('x.pdf.tar.age');
  expect(withEnding('x.age')).toBe('x.age');
  expect(withEnding('X.AGE')).toBe('X.AGE');
});

test.each([
  '',
  '../x.age',
  'a/b.age',
  '/x.age',
  'a\\b',
  'C:x',
  'nul.age',
  'x\n.age',
  'x'.repeat(256),
])('the bundle name %j is refused before anything is read', async (name) => {
  const { out } = workplace();
  await expect(
    send(request('/not/there', { name }), folderDestination(out), {}),
  ).rejects.toMatchObject({ code: 'bundle-name', data: { name } });
  expect(readdirSync(out)).toEqual([]);
});

describe('a bundle is opened again', () => {
  const hybrid = generateKey('hybrid');
  test.each(['a generated passphrase', 'a passphrase of one’s own', 'a key', 'a hybrid key'])(
    'with %s',
    async (kind) => {
      const { input, out } = workplace();
      const locks: Record<string, LockRequest> = {
        'a generated passphrase': { kind: 'generate', words: 5 },
        'a passphrase of one’s own': { kind: 'own', passphrase: STRONG },
        'a key': KEYS,
        'a hybrid key': { kind: 'keys', recipients: [(await hybrid).recipient] },
      };
      const lock = locks[kind]!;
      const receipt = await send(request(input, { lock }), folderDestination(out), {});
      const opened = await openBundle(
        {
          path: receipt.location,
          ...(lock.kind === 'keys'
            ? { identities: [testKey.identity, (await hybrid).identity] }
            : { passphrase: receipt.generated?.passphrase ?? STRONG }),
        },
        {},
      );
      expect(opened).toMatchObject({ verified: true, documents: receipt.documents });
    },
  );
});

test('new bundles get work factor 18 unless another is asked for', async () => {
  const { input, out } = workplace();
  const usual: SendRequest = { paths: [input], lock: { kind: 'generate' } };
  const receipt = await send(usual, folderDestination(out), {});
  expect(await inspectBundle(receipt.location, {})).toMatchObject({
    derivation: { kind: 'scrypt', logN: 18 },
  });
  const passphrase = receipt.generated?.passphrase;
  expect(receipt.generated).toMatchObject({ words: 7 });
  const opened = await openBundle({ path: receipt.location, passphrase }, {});
  expect(opened.verified).toBe(true);
});

test.each([
  ['', 'empty'],
  ['password123', 'guessable'],
  ['x'.repeat(257), 'too-long'],
])(
  'the passphrase %j of one’s own is refused, and nothing is written',
  async (passphrase, reason) => {
    const { input, out } = workplace();
    const weak = send(
      request(input, { lock: { kind: 'own', passphrase } }),
      folderDestination(out),
      {},
    );
    await expect(weak).rejects.toMatchObject({ code: 'passphrase-weak', data: { reason } });
    expect(readdirSync(out)).toEqual([]);
  },
);

test('the passphrase is in the receipt’s own field and nowhere else', async () => {
  for (const lock of [{ kind: 'generate' }, { kind: 'own', passphrase: STRONG }] as const) {
    const { folder, input, out } = workplace();
    const heard: Progress[] = [];
    const job = { onProgress: (progress: Progress) => heard.push(progress) };
    const { generated, ...receipt } = await send(
      request(input, { lock }),
      folderDestination(out),
      job,
    );
    const secret = generated?.passphrase ?? STRONG;
    const failures = await Promise.all(
      [
        { path: receipt.location, passphrase: `${secret}x` },
        { path: input, passphrase: secret },
        { path: receipt.location, passphrase: secret, maxLogN: 3 },
        {
          path: receipt.location,
          passphrase: secret,
          into: { directory: '/dev/null/x', onConflict: 'fail' } as const,
        },
      ].map((opening) => openBundle(opening, {}).catch((error: unknown) => error)),
    );
    const told = inspect([receipt, heard, failures, Object.keys(stateOf(folder))], { depth: 20 });
    // Nor its words one by one, save the short ones, which stand in ordinary text by chance.
    const needles = [secret, ...secret.split(/[- ]/).filter((word) => word.length > 5)];
    for (const needle of needles) {
      expect(told.includes(needle)).toBe(false);
      expect(readFileSync(receipt.location).includes(needle)).toBe(false);
    }
    expect(failures.every((failure) => failure instanceof Error)).toBe(true);
  }
});

test('neither names nor contents can be read in a bundle', async () => {
  const { input, out } = workplace();
  const { location } = await send(
    request(input, { note: 'Dear client' }),
    folderDestination(out),
    {},
  );
  const bundle = readFileSync(location);
  for (const text of ['passport', '履歴書', 'résumé', 'Dear client', 'SHA256SUMS', 'ustar'])
    expect(bundle.includes(text)).toBe(false);
});

test('a note that is too long is refused before anything is read', async () => {
  const { out } = workplace();
  const note = 'x'.repeat(MAX_NOTE_BYTES + 1);
  await expect(
    send(request('/not/there', { note }), folderDestination(out), {}),
  ).rejects.toMatchObject({ code: 'note-too-long', data: { bytes: MAX_NOTE_BYTES + 1 } });
});

test('an output that is taken or missing is refused before anything is sealed', async () => {
  const { input, out } = workplace();
  writeFileSync(join(out, 'x.age'), 'mine');
  const before = stateOf(out);
  const heard: string[] = [];
  const job = { onProgress: ({ stage }: Progress) => heard.push(stage) };
  for (const [directory, code] of [
    [out, 'output-exists'],
    [join(out, 'missing'), 'output-missing'],
    [join(out, 'x.age'), 'output-unwritable'],
  ] as const)
    await expect(
      send(request(input, { name: 'x.age' }), folderDestination(directory), job),
    ).rejects.toMatchObject({ code });
  expect(heard).not.toContain('derive');
  expect(stateOf(out)).toEqual(before);
});

test('a bundle that lands among the documents that it holds does not hold itself', async () => {
  const { input } = workplace();
  const first = await send(request(input, { name: 'x.age' }), folderDestination(input), {});
  expect(first.documents).toHaveLength(3);
  const names = [...(await filesIn(input)).keys()];
  expect(names.filter((name) => name.includes('partial'))).toEqual([]);
  const second = await send(request(input, { name: 'y.age' }), folderDestination(input), {});
  expect(second.documents.map(({ name }) => name)).toContain('client/x.age');
});

test('progress goes through its stages and ends at the total', async () => {
  const { input, out } = workplace();
  const heard: Progress[] = [];
  const job = { onProgress: (progress: Progress) => heard.push(progress) };
  await send(request(input), folderDestination(out), job);
  expect([...new Set(heard.map(({ stage }) => stage))]).toEqual(['collect', 'derive', 'seal']);
  const total = 5000 + 700_001 + 8;
  expect(heard.at(-1)).toEqual({ stage: 'seal', bytes: total, total });
});

test('more documents than a recipient would accept unasked are refused before anything is sealed', async () => {
  const { folder, out } = workplace();
  const many = writeDocuments(join(folder, 'many'), {});
  for (let index = 0; index <= 50_000; index += 1) writeFileSync(join(many, String(index)), '');
  await expect(send(request(many), folderDestination(out), {})).rejects.toMatchObject({
    code: 'too-many-documents',
    data: { limit: 50_000 },
  });
  expect(readdirSync(out)).toEqual([]);
});

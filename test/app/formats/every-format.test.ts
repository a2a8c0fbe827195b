import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormatId } from '../../../app/contract/formats.ts';
import { folderDestination } from '../../../app/destinations/folder.ts';
import { inspectBundle, openBundle } from '../../../app/receive.ts';
import { send, type SendReceipt, type SendRequest } from '../../../app/send.ts';
import { stateOf } from '../../support/folder-state.ts';
import { TEMPLATE } from '../../support/templates.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const pageTemplate = (): Promise<Uint8Array> => Promise.resolve(TEMPLATE);
const PASSPHRASE = 'boat-ninetieth-campsite-pounce-ice-skier-length-violet';

interface Kind {
  readonly format: FormatId;
  readonly hideNames?: boolean;
}
const KINDS: readonly Kind[] = [
  { format: 'age' },
  { format: 'zip' },
  { format: 'zip', hideNames: true },
  { format: '7z' },
  { format: 'html' },
];

function application(): string {
  const folder = temporaryFolder();
  const root = join(folder, 'application');
  mkdirSync(join(root, 'empty'), { recursive: true });
  writeFileSync(join(root, 'passport.jpg'), randomBytes(400_000));
  writeFileSync(join(root, 'letter.txt'), 'Dear reader, '.repeat(60_000));
  writeFileSync(join(root, 'to be scanned.txt'), '');
  writeFileSync(join(root, '卒業証明書.pdf'), randomBytes(5_000));
  return folder;
}

function sealed(folder: string, kind: Kind, more: Partial<SendRequest> = {}): Promise<SendReceipt> {
  return send(
    {
      paths: [join(folder, 'application')],
      lock: { kind: 'generated', passphrase: PASSPHRASE },
      note: 'As discussed.',
      logN: 4,
      pageTemplate,
      ...kind,
      ...more,
    },
    folderDestination(folder),
    {},
  );
}

function authenticatedBy({ format, hideNames }: (typeof KINDS)[number]): string {
  if (format === '7z') return 'nothing';
  return format === 'zip' && hideNames !== true ? 'contents' : 'bundle';
}

describe.each(KINDS)('a bundle of the kind %o', (kind) => {
  it('comes out as it went in, whatever its name, and says that it was verified', async () => {
    const folder = application();
    const { location, documents } = await sealed(folder, kind);
    const renamed = join(folder, 'attachment.dat');
    renameSync(location, renamed);
    const directory = join(folder, 'out');
    const opened = await openBundle(
      {
        path: renamed,
        // As somebody types it who heard it on the telephone.
        passphrase: PASSPHRASE.replaceAll('-', ' ').toUpperCase(),
        into: { directory, onConflict: 'fail' },
      },
      {},
    );
    expect(opened).toMatchObject({
      verified: true,
      sums: 'matched',
      openedBy: 'passphrase',
      authenticated: authenticatedBy(kind),
      warnings: [],
      note: 'As discussed.',
    });
    expect(opened.documents.map(({ name, sha256 }) => ({ name, sha256 })).sort(byName)).toEqual(
      documents.map(({ name, sha256 }) => ({ name, sha256 })).sort(byName),
    );
    expect(contentOf(join(directory, 'application'))).toEqual(
      contentOf(join(folder, 'application')),
    );
    expect(readFileSync(join(directory, 'SHA256SUMS'), 'utf8')).toContain('卒業証明書.pdf');
  });

  it('opens without a question, though there is little in a large scan of a blank page', async () => {
    const folder = application();
    writeFileSync(join(folder, 'application', 'blank.bmp'), Buffer.alloc(20_000_000, 0xff));
    const { location } = await sealed(folder, kind);
    const opened = await openBundle({ path: location, passphrase: PASSPHRASE }, {});
    expect(opened.verified).toBe(true);
  });

  it('says what it is without being opened', async () => {
    const folder = application();
    const { location, bundle, format } = await sealed(folder, kind);
    expect(format).toBe(kind.format);
    const summary = await inspectBundle(location, {});
    expect(summary).toMatchObject({
      format: kind.format,
      lockedWith: 'passphrase',
      names: kind.format === 'zip' && kind.hideNames !== true ? 'visible' : 'sealed',
    });
    expect(bundle).toMatch(/^bundle-[a-z2-9]{6}\.(tar\.age|zip|7z|html)$/);
  });

  it('shows none of its documents’ content or note, and names only where it says so', async () => {
    const folder = application();
    const { location } = await sealed(folder, kind);
    const bundle = readFileSync(location);
    expect(bundle.includes('Dear reader')).toBe(false);
    expect(bundle.includes('As discussed')).toBe(false);
    const visible = kind.format === 'zip' && kind.hideNames !== true;
    expect(bundle.includes('passport.jpg')).toBe(visible);
    expect(bundle.includes(PASSPHRASE)).toBe(false);
  });

  it('does not open with another passphrase, and leaves nothing', async () => {
    const folder = application();
    const { location } = await sealed(folder, kind);
    const before = stateOf(folder);
    for (const passphrase of ['violet', `${PASSPHRASE}-x`])
      await expect(
        openBundle(
          {
            path: location,
            passphrase,
            into: { directory: join(folder, 'out'), onConflict: 'fail' },
          },
          {},
        ),
      ).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(openBundle({ path: location }, {})).rejects.toMatchObject({
      code: 'passphrase-needed',
    });
    expect(stateOf(folder)).toEqual(before);
  });

  it('leaves nothing when it is cancelled', async () => {
    const folder = application();
    const before = stateOf(folder);
    const stop = new AbortController();
    await expect(
      send(
        {
          paths: [join(folder, 'application')],
          lock: { kind: 'generated', passphrase: PASSPHRASE },
          logN: 4,
          pageTemplate,
          ...kind,
        },
        folderDestination(folder),
        {
          signal: stop.signal,
          onProgress: ({ stage, bytes }) => {
            if (stage === 'seal' && bytes > 0) stop.abort();
          },
        },
      ),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(stateOf(folder)).toEqual(before);
  });

  it('is locked for keys only as age', async () => {
    const folder = application();
    const { testKey } = await import('../../support/bundles.ts');
    const sealing = sealed(folder, kind, {
      lock: { kind: 'keys', recipients: [testKey.recipient] },
    });
    if (kind.format === 'age') expect((await sealing).format).toBe('age');
    else
      await expect(sealing).rejects.toMatchObject({
        code: 'format-needs-passphrase',
        data: { format: kind.format },
      });
  });
});

it('each kind has its floor, for words and for a passphrase of one’s own', async () => {
  const folder = application();
  const words = (format: FormatId, count: number): Promise<SendReceipt> =>
    sealed(folder, { format }, { lock: { kind: 'generate', words: count } });
  await expect(words('zip', 7)).rejects.toMatchObject({
    code: 'passphrase-words',
    data: { words: 7, least: 8 },
  });
  expect((await words('zip', 8)).generated?.words).toBe(8);
  await expect(words('7z', 5)).rejects.toMatchObject({ code: 'passphrase-words' });
  const { generated } = await sealed(folder, { format: 'zip' }, { lock: { kind: 'generate' } });
  expect(generated?.words).toBe(8);
  // Good enough for scrypt, but not for a thousand rounds of PBKDF2.
  const own = { kind: 'own', passphrase: 'violet kettle under seven Danish bridges' } as const;
  expect((await sealed(folder, { format: 'age' }, { lock: own })).format).toBe('age');
  await expect(sealed(folder, { format: 'zip' }, { lock: own })).rejects.toMatchObject({
    code: 'passphrase-weak',
    data: { floor: 103, reason: 'guessable' },
  });
});

/** Names, kinds and contents, without times, of which each format keeps another precision. */
function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stateOf(folder)).map(([name, state]) => [name, state.split(' ').at(-1) ?? '']),
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../app/contract/errors.ts';
import type { DocumentSource } from '../../../app/contract/records.ts';
import { documentFromFile } from '../../../app/documents/read.ts';
import { appInChild } from '../../support/child.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { collect } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Read at once up to this size, streamed above. */
const WHOLE_BYTES = 256 * 1024;
const SMALL = 1000;
const LARGE = 3 * WHOLE_BYTES + 11;

function documentOf(bytes: number): { path: string; content: Buffer; document: DocumentSource } {
  const content = patternBytes(bytes);
  const folder = writeDocuments(temporaryFolder(), { 'scan.pdf': content });
  const path = join(folder, 'scan.pdf');
  // An hour ago, so that a change shows however coarse the clock of the file system is.
  const modified = Date.now() / 1000 - 3600;
  utimesSync(path, modified, modified);
  return { path, content, document: documentFromFile(path, 'client/scan.pdf', statSync(path)) };
}

async function read(document: DocumentSource): Promise<Buffer> {
  const whole = document.readWhole();
  return whole === undefined ? await collect(document.read()) : Buffer.from(whole);
}

test.each([0, 1, SMALL, WHOLE_BYTES - 1, WHOLE_BYTES])(
  'a document of %i bytes is read at once',
  async (bytes) => {
    const { content, document } = documentOf(bytes);
    expect(Buffer.from(document.readWhole()!).equals(content)).toBe(true);
    expect((await collect(document.read())).equals(content)).toBe(true);
  },
);

test.each([WHOLE_BYTES + 1, LARGE])('a document of %i bytes is streamed', async (bytes) => {
  const { content, document } = documentOf(bytes);
  expect(document.readWhole()).toBeUndefined();
  expect((await collect(document.read())).equals(content)).toBe(true);
});

/** What may happen to a file, and what it means for a document that was seen before. */
const CHANGES: readonly [string, ErrorCode, (path: string) => void][] = [
  [
    'has grown',
    'document-changed',
    (path) => {
      appendFileSync(path, 'x');
    },
  ],
  [
    'has shrunk',
    'document-changed',
    (path) => {
      truncateSync(path, statSync(path).size - 1);
    },
  ],
  [
    'was emptied',
    'document-changed',
    (path) => {
      truncateSync(path, 0);
    },
  ],
  [
    'was rewritten at the same size',
    'document-changed',
    (path) => {
      writeFileSync(path, patternBytes(statSync(path).size, 2));
    },
  ],
  [
    'was replaced by another of the same size and time',
    'document-changed',
    (path) => {
      const { size, atime, mtime } = statSync(path);
      writeFileSync(`${path}.new`, patternBytes(size, 2));
      utimesSync(`${path}.new`, atime, mtime);
      renameSync(`${path}.new`, path);
    },
  ],
];

const GONE: typeof CHANGES = [
  [
    'is gone',
    'document-missing',
    (path) => {
      rmSync(path);
    },
  ],
  [
    'is gone with its folder',
    'document-missing',
    (path) => {
      rmSync(join(path, '..'), { recursive: true });
      writeFileSync(join(path, '..'), 'a file in its place');
    },
  ],
];

describe.each([
  ['small', SMALL],
  ['large', LARGE],
])('a %s document', (_size, bytes) => {
  test.each([...CHANGES, ...GONE])(
    'that %s before it is read is %s',
    async (_what, code, change) => {
      const { path, document } = documentOf(bytes);
      change(path);
      await expect(read(document)).rejects.toMatchObject({
        code,
        data: { name: 'client/scan.pdf' },
      });
      expect(openFilesUnder(join(path, '..'))).toEqual([]);
    },
  );

  test.each([...CHANGES, ['is gone', 'document-changed', GONE[0]![2]] as const])(
    'that %s while it is streamed is %s',
    async (_what, code, change) => {
      const { path, document } = documentOf(bytes);
      const reading = document.read()[Symbol.asyncIterator]();
      expect((await reading.next()).done).toBe(false);
      change(path);
      const rest = async (): Promise<void> => {
        while ((await reading.next()).done !== true);
      };
      await expect(rest()).rejects.toMatchObject({ code, data: { name: 'client/scan.pdf' } });
      expect(openFilesUnder(join(path, '..'))).toEqual([]);
    },
  );
});

test.skipIf(process.platform !== 'linux')(
  'a file that says it is empty and is not has changed, however it is read',
  async () => {
    const path = '/proc/version';
    expect(statSync(path).size).toBe(0);
    const document = documentFromFile(path, 'version', statSync(path));
    const changed = { code: 'document-changed', data: { name: 'version' } };
    expect(() => document.readWhole()).toThrow(expect.objectContaining(changed));
    await expect(collect(document.read())).rejects.toMatchObject(changed);
  },
);

/** The system says of each of its settings that it takes a page of memory. */
const SETTING = '/sys/kernel/uevent_seqnum';

test.skipIf(process.platform !== 'linux' || !existsSync(SETTING))(
  'a file that ends before its size has changed, and nothing is made up for the rest',
  async () => {
    expect(statSync(SETTING).size).toBe(4096);
    const document = documentFromFile(SETTING, 'setting', statSync(SETTING));
    const changed = { code: 'document-changed', data: { name: 'setting' } };
    expect(() => document.readWhole()).toThrow(expect.objectContaining(changed));
    await expect(collect(document.read())).rejects.toMatchObject(changed);
  },
);

test('a change of permissions or a look at it is no change of a document', async () => {
  const { path, content, document } = documentOf(SMALL);
  chmodSync(path, 0o400);
  execFileSync('cat', [path]);
  expect((await read(document)).equals(content)).toBe(true);
});

test.each([SMALL, LARGE])(
  'a document of %i bytes in whose place a pipe is put fails and does not wait for the pipe',
  async (bytes) => {
    const folder = writeDocuments(temporaryFolder(), { 'in/a': patternBytes(bytes), 'out/': '' });
    chmodSync(folder, 0o755);
    const path = JSON.stringify(join(folder, 'in/a'));
    const result = await appInChild(
      `(async () => {
        const { rmSync } = await import('node:fs');
        const { execFileSync } = await import('node:child_process');
        const swap = ({ stage }) => {
          if (stage !== 'derive') return;
          rmSync(${path});
          execFileSync('mkfifo', [${path}]);
        };
        const request = { paths: [${path}], lock: { kind: 'generate' } };
        const to = { directory: ${JSON.stringify(join(folder, 'out'))} };
        return await app.seal(request, to, { onProgress: swap });
      })()`,
    );
    expect(result).toEqual({ code: 'document-changed', data: { name: 'a' } });
  },
);

test('a document that may not be read is refused by name', async () => {
  const folder = writeDocuments(temporaryFolder(), { a: 'x', b: patternBytes(LARGE) });
  chmodSync(folder, 0o755);
  for (const name of ['a', 'b']) {
    const path = join(folder, name);
    chmodSync(path, 0);
    const result = await appInChild(
      `app.seal({ paths: [${JSON.stringify(path)}], lock: { kind: 'generate' } }, { directory: '/tmp' })`,
      { unprivileged: true },
    );
    expect(result).toEqual({ code: 'document-unreadable', data: { name } });
  }
});

test('a reader who stops early closes the file', async () => {
  const { path, document } = documentOf(LARGE);
  for await (const piece of document.read()) {
    expect(piece.byteLength).toBeGreaterThan(0);
    expect(openFilesUnder(path)).toEqual([path]);
    break;
  }
  expect(openFilesUnder(path)).toEqual([]);
});

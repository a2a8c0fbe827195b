import type { MakeDirectoryOptions } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ConflictPolicy } from '../../../app/contract/records.ts';
import { openPayloadInto } from '../../support/bundles.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { tarOf } from '../../support/tars.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';

/** Which steps of placing fail, by the path that they touch. */
const broken = vi.hoisted(() => ({
  step: undefined as ((operation: string, path: string) => boolean | string) | undefined,
}));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const guard = (operation: string, path: string): void => {
    const failure = broken.step?.(operation, path) ?? false;
    if (failure !== false)
      throw Object.assign(new Error('made for the test'), {
        code: failure === true ? 'EIO' : failure,
      });
  };
  return {
    ...real,
    link: async (from: string, to: string) => {
      guard('link', to);
      await real.link(from, to);
    },
    unlink: async (path: string) => {
      guard('unlink', path);
      await real.unlink(path);
    },
    rename: async (from: string, to: string) => {
      guard('rename', to);
      await real.rename(from, to);
    },
    mkdir: async (path: string, options?: MakeDirectoryOptions) => {
      guard('mkdir', path);
      return await real.mkdir(path, options);
    },
    open: async (path: string, flags: string, mode?: number) => {
      guard(`open ${flags}`, path);
      return await real.open(path, flags, mode);
    },
  };
});

beforeEach(() => {
  broken.step = undefined;
});

const POLICIES: readonly ConflictPolicy[] = ['fail', 'keep', 'replace', 'skip'];

const TAR = tarOf(
  { name: 'a', content: 'new a' },
  { name: 'b', content: patternBytes(300_000) },
  { name: 'docs/c', content: 'new c' },
  { name: 'docs/sub/d', content: 'new d' },
  { name: 'fresh/e', content: 'new e' },
  { name: 'fresh/deep/f', content: 'new f' },
);

function target(policy: ConflictPolicy): string {
  const taken = policy === 'fail' ? {} : { a: 'old a', b: 'old b', 'docs/c': 'old c' };
  return writeDocuments(temporaryFolder(), { 'docs/mine': 'mine', 'docs/sub/': '', ...taken });
}

test.each(POLICIES)(
  '%s: cancelling at any moment leaves everything as it was',
  async (onConflict) => {
    const folder = target(onConflict);
    const before = stateOf(folder);
    let steps = 0;
    for (let done = false; !done; steps += 1) {
      try {
        await openPayloadInto(TAR, folder, { onConflict }, cancelledAt(steps));
        done = true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'cancelled' });
        expect(stateOf(folder)).toEqual(before);
      }
    }
    // While it is read, while it is flushed, and while it is placed.
    expect(steps).toBeGreaterThan(20);
    expect(openFilesUnder(folder)).toEqual([]);
  },
);

/** Opens again and again, and has another step fail each time, until there is none left to fail. */
async function expectNothingWhicheverStepFails(
  folder: string,
  into: string,
  onConflict: ConflictPolicy,
): Promise<void> {
  const before = stateOf(folder);
  let failed = 0;
  for (let nth = 1, done = false; !done; nth += 1) {
    let count = 0;
    broken.step = (operation, path) => {
      // What undoes a step has to work, and so has the disk that the bundle is on.
      if (operation === 'unlink' || !path.startsWith(`${folder}/`)) return false;
      count += 1;
      return count === nth;
    };
    const error: unknown = await openPayloadInto(TAR, into, { onConflict }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    broken.step = undefined;
    done = count < nth;
    if (done) {
      expect(error).toBeUndefined();
      continue;
    }
    failed += 1;
    expect(error).toMatchObject({ code: 'output-unwritable' });
    expect(stateOf(folder)).toEqual(before);
  }
  expect(failed).toBeGreaterThan(20);
}

test.each(['keep', 'replace'] as const)(
  '%s: a disk that fails at any step leaves everything as it was',
  async (onConflict) => {
    const folder = target(onConflict);
    await expectNothingWhicheverStepFails(folder, folder, onConflict);
  },
);

test('a target that had to be made goes away again, whichever step fails', async () => {
  const folder = writeDocuments(temporaryFolder(), { mine: 'mine' });
  await expectNothingWhicheverStepFails(folder, join(folder, 'new/target'), 'fail');
});

test('old files that were replaced come back when the very last step fails', async () => {
  const folder = target('replace');
  const before = stateOf(folder);
  // The folders are flushed when all documents are in place.
  broken.step = (operation, path) => operation === 'open r' && path === folder;
  await expect(openPayloadInto(TAR, folder, { onConflict: 'replace' })).rejects.toMatchObject({
    code: 'output-unwritable',
  });
  expect(stateOf(folder)).toEqual(before);
});

test('files are replaced, and come back, on a file system without hard links, too', async () => {
  const folder = target('replace');
  const before = stateOf(folder);
  const withoutLinks = (operation: string): string | false => operation === 'link' && 'EPERM';
  broken.step = (operation, path) =>
    withoutLinks(operation) || (operation === 'open r' && path === folder);
  await expect(openPayloadInto(TAR, folder, { onConflict: 'replace' })).rejects.toMatchObject({
    code: 'output-unwritable',
  });
  expect(stateOf(folder)).toEqual(before);
  broken.step = withoutLinks;
  await openPayloadInto(TAR, folder, { onConflict: 'replace' });
  const files = await filesIn(folder);
  expect([...files.keys()].sort()).toEqual(
    ['a', 'b', 'docs/c', 'docs/mine', 'docs/sub/d', 'fresh/deep/f', 'fresh/e'].sort(),
  );
  expect(files.get('a')?.toString()).toBe('new a');
});

test('an old file that cannot be cleared away does not cost the new one, nor any other', async () => {
  for (let nth = 1; nth <= 3; nth += 1) {
    const folder = target('replace');
    let count = 0;
    broken.step = (operation, path) => {
      if (operation !== 'unlink' || !path.includes('.signet-replaced-')) return false;
      count += 1;
      return count === nth;
    };
    await openPayloadInto(TAR, folder, { onConflict: 'replace' });
    const files = await filesIn(folder);
    expect(files.get('a')?.toString()).toBe('new a');
    expect(files.get('b')?.equals(patternBytes(300_000))).toBe(true);
    expect(files.get('docs/c')?.toString()).toBe('new c');
  }
});

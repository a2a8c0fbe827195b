import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../app/contract/errors.ts';
import type { Job } from '../../app/contract/job.ts';
import { folderDestination } from '../../app/destinations/folder.ts';
import { openBundle } from '../../app/receive.ts';
import { send } from '../../app/send.ts';
import { testKey } from '../support/bundles.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { stateOf } from '../support/folder-state.ts';
import { interruptedBy } from '../support/jobs.ts';
import { openFilesUnder } from '../support/open-files.ts';
import { temporaryFolder } from '../support/temporary.ts';

const SEALED_CHUNK = 64 * 1024 + 16;

/** A guarded folder with a sealed bundle of a large and some small documents, and its bytes. */
async function sealed(large = 400_000): Promise<{ folder: string; path: string; bundle: Buffer }> {
  const folder = temporaryFolder();
  writeDocuments(join(folder, 'client'), {
    'a.txt': 'small',
    'b.bin': patternBytes(large),
    'c.txt': 'small, too',
  });
  const { location } = await send(
    {
      paths: [join(folder, 'client')],
      name: 'x.age',
      lock: { kind: 'keys', recipients: [testKey.recipient] },
    },
    folderDestination(folder),
    {},
  );
  return { folder, path: location, bundle: readFileSync(location) };
}

function open(path: string, directory: string, job: Job = {}): Promise<unknown> {
  return openBundle(
    { path, identities: [testKey.identity], into: { directory, onConflict: 'replace' } },
    job,
  );
}

test('a bundle that is cut off anywhere is damaged, and nothing is left', async () => {
  const { folder, path, bundle } = await sealed();
  const header = bundle.indexOf('\n--- ') + 49;
  const cuts = new Set([
    ...[23, 60, header - 1, header, header + 1, header + 15, header + 16, header + 17],
    // Around the ends of chunks, where everything before is good.
    ...[1, 2, 4, 6].flatMap((chunks) =>
      [-1, 0, 1, 15, 16, 17].map((more) => header + 16 + chunks * SEALED_CHUNK + more),
    ),
    ...Array.from({ length: 20 }, (_unused, index) => Math.floor((bundle.byteLength * index) / 20)),
    bundle.byteLength - 17,
    bundle.byteLength - 16,
    bundle.byteLength - 1,
  ]);
  const before = Object.keys(stateOf(folder));
  for (const length of cuts) {
    writeFileSync(path, bundle.subarray(0, length));
    const error: unknown = await open(path, join(folder, 'out')).catch((thrown: unknown) => thrown);
    if (length < 22) expect(error, String(length)).toMatchObject({ code: 'not-a-bundle' });
    else expect(error, String(length)).toMatchObject({ code: 'bundle-damaged' });
    expect(Object.keys(stateOf(folder))).toEqual(before);
  }
  expect(openFilesUnder(folder)).toEqual([]);
});

test('a bundle in which one bit is wrong, or to which something is added, leaves nothing', async () => {
  const { folder, path, bundle } = await sealed();
  const before = Object.keys(stateOf(folder));
  const position = fc.oneof(
    fc.nat(300),
    fc.nat(bundle.byteLength - 1),
    fc.integer({ min: bundle.byteLength - 100, max: bundle.byteLength - 1 }),
  );
  await fc.assert(
    fc.asyncProperty(position, fc.nat(7), async (offset, bit) => {
      const flipped = Buffer.from(bundle);
      flipped[offset]! ^= 1 << bit;
      writeFileSync(path, flipped);
      const error: unknown = await open(path, join(folder, 'out')).catch(
        (thrown: unknown) => thrown,
      );
      // In the header it may be somebody else's bundle, of another version, or none at all.
      const codes = offset < 300 ? /./ : /^bundle-damaged$/;
      expect(isAppError(error) && error.code).toMatch(codes);
      expect(isAppError(error) && error.code).not.toBe('internal');
      expect(Object.keys(stateOf(folder))).toEqual(before);
    }),
    { numRuns: 60 },
  );
  for (const more of [1, 16, 100, SEALED_CHUNK]) {
    writeFileSync(path, Buffer.concat([bundle, Buffer.alloc(more)]));
    await expect(open(path, join(folder, 'out'))).rejects.toMatchObject({ code: 'bundle-damaged' });
    expect(Object.keys(stateOf(folder))).toEqual(before);
  }
});

test('no document has its name before the end of the bundle was found authentic', async () => {
  const { folder, path, bundle } = await sealed();
  // All documents stand before the last chunk, which is what is damaged.
  const damaged = Buffer.from(bundle);
  damaged[damaged.byteLength - 1]! ^= 1;
  const target = writeDocuments(join(folder, 'out'), { 'client/a.txt': 'old' });
  const before = stateOf(target);
  for (const [content, ends] of [
    [damaged, 'damaged'],
    [bundle, 'opened'],
  ] as const) {
    writeFileSync(path, content);
    const seen: string[][] = [];
    const onProgress = ({ stage }: { stage: string }): void => {
      if (stage === 'place') return;
      seen.push(Object.keys(stateOf(target)).filter((name) => !name.startsWith('.signet-')));
    };
    const ended = await open(path, target, { onProgress }).then(
      () => 'opened',
      () => 'damaged',
    );
    expect(ended).toBe(ends);
    expect(seen.length).toBeGreaterThan(2);
    for (const names of seen) expect(names).toEqual(Object.keys(before));
    if (ended === 'damaged') expect(stateOf(target)).toEqual(before);
  }
  expect(readFileSync(join(target, 'client/a.txt'), 'utf8')).toBe('small');
});

test('a bundle that is cut off while it is read is damaged, and nothing is left', async () => {
  const { folder, path, bundle } = await sealed(1_500_000);
  const job = interruptedBy(
    ({ stage }) => stage === 'open',
    () => {
      writeFileSync(path, bundle.subarray(0, 300_000));
    },
  );
  await expect(open(path, join(folder, 'out'), job)).rejects.toMatchObject({
    code: 'bundle-damaged',
  });
  expect(readdirSync(folder).sort()).toEqual(['client', 'x.age']);
});

test('a cancelled opening leaves nothing, whatever it was doing', async () => {
  const { folder, path } = await sealed();
  for (const stage of ['derive', 'open', 'place']) {
    const controller = new AbortController();
    const job = {
      signal: controller.signal,
      onProgress: (progress: { stage: string }) => {
        if (progress.stage === stage) controller.abort();
      },
    };
    await expect(open(path, join(folder, 'out'), job), stage).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(readdirSync(folder).sort()).toEqual(['client', 'x.age']);
  }
});

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBundleFile } from '../../../app/files/bundle-file.ts';
import { sha256 } from '../../../app/digest/digest.ts';
import { isVolumeName } from '../../../app/files/volume-names.ts';
import { openVolumes, volumeAfter, volumeAt } from '../../../app/files/volumes.ts';
import {
  cutIntoVolumes,
  writeVolumes,
  type WrittenVolume,
} from '../../../app/files/write-volumes.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { collect } from '../../support/streams.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';

const NAME = 'bundle.tar.age';

/** A folder with a bundle of random bytes in it, split into `out`. */
async function split(
  bytes: number,
  volumeBytes: number,
  name = NAME,
): Promise<{ whole: Buffer; out: string; volumes: WrittenVolume[] }> {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  mkdirSync(out);
  const whole = randomBytes(bytes);
  writeFileSync(join(folder, name), whole);
  const bundle = await openBundleFile(join(folder, name));
  try {
    return { whole, out, volumes: await writeVolumes(bundle, out, volumeBytes, {}) };
  } finally {
    await bundle.close();
  }
}

async function contentOf(path: string): Promise<Buffer> {
  const file = await openVolumes(path);
  try {
    return await collect(file.content());
  } finally {
    await file.close();
  }
}

describe('writing', () => {
  test('gives volumes of one size and a rest, with their names, sizes and sums', async () => {
    const { whole, out, volumes } = await split(2500, 1000);
    expect(volumes).toEqual(
      [0, 1000, 2000].map((start, index) => {
        const bytes = whole.subarray(start, start + 1000);
        const name = `${NAME}.00${String(index + 1)}`;
        return { path: join(out, name), name, bytes: bytes.byteLength, sha256: sha256(bytes) };
      }),
    );
    const parts = volumes.map(({ path }) => readFileSync(path));
    expect(Buffer.concat(parts)).toEqual(whole);
  });

  test('makes no empty last volume', async () => {
    expect((await split(2000, 1000)).volumes).toHaveLength(2);
    expect((await split(1000, 1000)).volumes).toHaveLength(1);
  });

  test('numbers a thousand volumes with four digits, so that names sort in their order', () => {
    const ranges = cutIntoVolumes(NAME, 1001, 1);
    const names = ranges.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect([names[0], names[1000]]).toEqual([`${NAME}.0001`, `${NAME}.1001`]);
    expect(cutIntoVolumes(NAME, 999, 1).at(-1)?.name).toBe(`${NAME}.999`);
  });

  test.each([0, -1, 1.5, NaN])('a volume of %s bytes is a defect of the caller', (volumeBytes) => {
    expect(() => cutIntoVolumes(NAME, 10, volumeBytes)).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });

  test('a large one streams through a worker with the right sum', async () => {
    const { volumes } = await split(20_000_000, 17_000_000);
    expect(volumes.map(({ path }) => sha256(readFileSync(path)))).toEqual(
      volumes.map((volume) => volume.sha256),
    );
  });

  test('leaves nothing when a name is taken, and the taken one as it was', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.zip'), randomBytes(3000));
    writeFileSync(join(folder, 'b.zip.003'), 'precious');
    const bundle = await openBundleFile(join(folder, 'b.zip'));
    await expect(writeVolumes(bundle, folder, 1000, {})).rejects.toMatchObject({
      code: 'output-exists',
      data: { path: join(folder, 'b.zip.003') },
    });
    await bundle.close();
    expect(await namesIn(folder)).toEqual(['b.zip', 'b.zip.003']);
    expect(readFileSync(join(folder, 'b.zip.003'), 'utf8')).toBe('precious');
  });

  test('cancelled at any moment leaves nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.zip'), randomBytes(3000));
    const bundle = await openBundleFile(join(folder, 'b.zip'));
    for (let step = 0; step < 4; step += 1) {
      await expect(writeVolumes(bundle, folder, 1000, cancelledAt(step))).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(await namesIn(folder)).toEqual(['b.zip']);
    }
    await bundle.close();
  });

  test('a bundle that became shorter meanwhile leaves nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.zip'), randomBytes(3000));
    const bundle = await openBundleFile(join(folder, 'b.zip'));
    truncateSync(join(folder, 'b.zip'), 2500);
    await expect(writeVolumes(bundle, folder, 1000, {})).rejects.toMatchObject({
      code: 'bundle-unreadable',
    });
    await bundle.close();
    expect(await namesIn(folder)).toEqual(['b.zip']);
  });

  test('into a folder that is not there is refused', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.zip'), randomBytes(30));
    const bundle = await openBundleFile(join(folder, 'b.zip'));
    await expect(writeVolumes(bundle, join(folder, 'no'), 10, {})).rejects.toMatchObject({
      code: 'output-missing',
    });
    await bundle.close();
  });
});

describe('reading', () => {
  test('any volume leads to all of them', async () => {
    const { whole, out, volumes } = await split(2500, 1000);
    for (const { path } of volumes) expect(await contentOf(path)).toEqual(whole);
    const file = await openVolumes(join(out, `${NAME}.003`));
    expect(file).toMatchObject({ name: NAME, bytes: 2500, path: join(out, `${NAME}.001`) });
    expect(file.parts.map(({ bytes }) => bytes)).toEqual([1000, 1000, 500]);
    await file.close();
  });

  test('every range is as it is in the whole', async () => {
    const { whole, volumes } = await split(1000, 77);
    const file = await openVolumes(volumes[3]!.path);
    await fc.assert(
      fc.asyncProperty(fc.nat(1100), fc.nat(1100), async (position, length) => {
        expect(Buffer.from(await file.read(position, length))).toEqual(
          whole.subarray(position, position + length),
        );
        expect(await collect(file.content(position, position + length))).toEqual(
          whole.subarray(position, position + length),
        );
      }),
    );
    await file.close();
  });

  test('volumes with four digits are found', async () => {
    const folder = temporaryFolder();
    for (const [name, content] of [
      ['a.zip.0001', 'ab'],
      ['a.zip.0002', 'cd'],
      ['a.zip.002', 'of another set'],
    ] as const)
      writeFileSync(join(folder, name), content);
    expect((await contentOf(join(folder, 'a.zip.0002'))).toString()).toBe('abcd');
    writeFileSync(join(folder, 'a.zip.1000'), 'x');
    for (const given of ['a.zip.1000', 'a.zip.0001'])
      await expect(openVolumes(join(folder, given))).rejects.toMatchObject({
        code: 'volume-missing',
        data: { name: 'a.zip.0003' },
      });
  });

  test('a thousand volumes numbered the way 7-Zip does, 999 before 1000, are found', async () => {
    const folder = temporaryFolder();
    for (let number = 1; number <= 1000; number += 1)
      writeFileSync(join(folder, `a.zip.${String(number).padStart(3, '0')}`), '.');
    expect(await contentOf(join(folder, 'a.zip.1000'))).toHaveLength(1000);
    expect(await contentOf(join(folder, 'a.zip.001'))).toHaveLength(1000);
  });

  test.each([[1], [2], [3]])('a gap at volume %i is named', async (missing) => {
    const { out } = await split(3500, 1000);
    const name = `${NAME}.00${String(missing)}`;
    rmSync(join(out, name));
    for (const given of ['001', '002', '003', '004'].filter((each) => !name.endsWith(each)))
      await expect(openVolumes(join(out, `${NAME}.${given}`))).rejects.toMatchObject({
        code: 'volume-missing',
        data: { name },
      });
  });

  test('a missing last volume cannot be known, but what would come next can be named', async () => {
    const { out } = await split(3500, 1000);
    rmSync(join(out, `${NAME}.004`));
    const file = await openVolumes(join(out, `${NAME}.001`));
    expect(file.bytes).toBe(3000);
    expect(volumeAfter(file)).toBe(`${NAME}.004`);
    await file.close();
  });

  test.each([
    ['one in the middle that is too short', '002', 900],
    ['one in the middle that is too long', '003', 1100],
    ['a first one that is too short', '001', 10],
    ['a last one that is too long', '004', 1001],
    ['an empty one', '002', 0],
    ['an empty last one', '004', 0],
  ])('%s is named', async (_what, number, bytes) => {
    const { out } = await split(3500, 1000);
    const name = `${NAME}.${number}`;
    writeFileSync(join(out, name), Buffer.alloc(bytes));
    await expect(openVolumes(join(out, `${NAME}.001`))).rejects.toMatchObject({
      code: 'volume-wrong',
      data: { name },
    });
  });

  test('a folder under the name of a volume is named', async () => {
    const { out } = await split(3500, 1000);
    rmSync(join(out, `${NAME}.002`));
    mkdirSync(join(out, `${NAME}.002`));
    await expect(openVolumes(join(out, `${NAME}.001`))).rejects.toMatchObject({
      code: 'volume-wrong',
      data: { name: `${NAME}.002` },
    });
  });

  test('the volumes of another bundle beside it do not matter', async () => {
    const { out, whole } = await split(2500, 1000);
    for (const other of ['x.age.004', 'bundle.tar.age.0004', 'bundle.tar.age.4', 'bundle.tar.age'])
      writeFileSync(join(out, other), 'x');
    expect(await contentOf(join(out, `${NAME}.001`))).toEqual(whole);
  });

  test('what is not there is missing, and what is no volume is none', async () => {
    const folder = temporaryFolder();
    await expect(openVolumes(join(folder, 'a.zip.001'))).rejects.toMatchObject({
      code: 'bundle-missing',
    });
    await expect(openVolumes(join(folder, 'a.zip'))).rejects.toMatchObject({
      code: 'not-a-bundle',
    });
  });
});

describe('names', () => {
  test.each(['a.001', 'bundle.tar.age.010', 'a b.zip.1000', 'ä.7z.0001'])('%s is one', (name) => {
    expect(isVolumeName(name)).toBe(true);
  });

  test.each(['a.zip', '.001', 'a.01', 'a.000', 'a.0x1', 'a.1234567', 'a001', 'a.001 '])(
    '%s is none',
    (name) => {
      expect(isVolumeName(name)).toBe(false);
    },
  );

  test('the volume that holds a byte is named', async () => {
    const { volumes } = await split(2500, 1000);
    const file = await openVolumes(volumes[0]!.path);
    const names = [0, 999, 1000, 2499, 2500].map((offset) => volumeAt(file, offset).slice(-3));
    expect(names).toEqual(['001', '001', '002', '003', '003']);
    await file.close();
  });

  test('a bundle in one piece is its own only part', async () => {
    const { out } = await split(10, 10);
    const file = await openBundleFile(join(out, '..', NAME));
    expect(volumeAt(file, 5)).toBe(NAME);
    expect(volumeAfter(file)).toBeUndefined();
    await file.close();
  });
});

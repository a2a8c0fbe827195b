import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { partialName, sweepPartials } from '../../../app/files/partial.ts';
import { writeDocuments } from '../../support/documents.ts';
import { isRoot } from '../../support/peers.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';

/** The number of a process that was there and is gone. */
function deadProcess(): number {
  return spawnSync('true').pid;
}

function partialOf(pid: number): string {
  return partialName().replace(`-${String(process.pid)}-`, `-${String(pid)}-`);
}

test('every partial name is new, hidden, and says whose it is', () => {
  const names = Array.from({ length: 100 }, partialName);
  expect(new Set(names).size).toBe(100);
  for (const name of names)
    expect(name).toMatch(
      new RegExp(`^\\.signet-[0-9a-f]{8}-${String(process.pid)}-[0-9a-f]{12}\\.partial$`),
    );
});

test('what a dead process left half-made is removed, files and whole folders', async () => {
  const folder = temporaryFolder();
  const pid = deadProcess();
  const [file, tree] = [partialOf(pid), partialOf(pid)];
  writeDocuments(folder, { [file]: 'half', [`${tree}/docs/a.txt`]: 'half', 'mine.txt': 'whole' });
  expect((await sweepPartials(folder)).sort()).toEqual([file, tree].sort());
  expect(await namesIn(folder)).toEqual(['mine.txt']);
});

test('what a living process is still making is left alone, its own included', async () => {
  const folder = temporaryFolder();
  const other = spawn('cat');
  try {
    const names = [partialName(), partialOf(other.pid ?? 0), partialOf(process.ppid)];
    for (const name of names) writeFileSync(join(folder, name), 'half');
    expect(await sweepPartials(folder)).toEqual([]);
    expect(await namesIn(folder)).toEqual(names.sort());
  } finally {
    other.kill();
    await once(other, 'exit');
  }
});

test('a process of somebody else counts as living', async () => {
  const folder = temporaryFolder();
  // Process 1 is there on every machine, and only its owner may signal it.
  writeFileSync(join(folder, partialOf(1)), 'half');
  expect(await sweepPartials(folder)).toEqual([]);
});

test('a partial of another machine on a shared folder is left alone', async () => {
  const folder = temporaryFolder();
  const name = partialOf(deadProcess()).replace(/^\.signet-[0-9a-f]{8}/, '.signet-00000000');
  writeFileSync(join(folder, name), 'half');
  expect(await sweepPartials(folder)).toEqual([]);
  expect(await namesIn(folder)).toEqual([name]);
});

test('in a folder where others may rename things nothing is removed, unless its sticky bit forbids them', async () => {
  const folder = temporaryFolder();
  const name = partialOf(deadProcess());
  writeFileSync(join(folder, name), 'half');
  chmodSync(folder, 0o777);
  expect(await sweepPartials(folder)).toEqual([]);
  chmodSync(folder, 0o1777);
  expect(await sweepPartials(folder)).toEqual([name]);
});

test.runIf(isRoot)('a partial that belongs to another person is left alone', async () => {
  const folder = temporaryFolder();
  const name = partialOf(deadProcess());
  writeFileSync(join(folder, name), 'planted');
  chownSync(join(folder, name), 65534, 65534);
  expect(await sweepPartials(folder)).toEqual([]);
  expect(await namesIn(folder)).toEqual([name]);
});

test('a name that only resembles a partial is left alone', async () => {
  const folder = temporaryFolder();
  const name = partialOf(deadProcess());
  const names = [
    name.slice(1),
    `${name}.pdf`,
    name.replace('.partial', ''),
    name.replace('.signet', '.signet-replaced'),
    name.replace(/-[0-9]+-/, '--'),
    name.replace(/-[0-9]+-/, '-99999999999999999999999999-'),
  ];
  for (const other of names) writeFileSync(join(folder, other), 'a document');
  expect(await sweepPartials(folder)).toEqual([]);
  expect(await namesIn(folder)).toEqual(names.sort());
});

test('only the folder itself is swept, not those in it', async () => {
  const folder = temporaryFolder();
  const name = partialOf(deadProcess());
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'docs', name), 'half');
  expect(await sweepPartials(folder)).toEqual([]);
  expect(await namesIn(folder)).toEqual(['docs', `docs/${name}`]);
});

test('a folder that does not exist has nothing to sweep', async () => {
  expect(await sweepPartials(join(temporaryFolder(), 'missing'))).toEqual([]);
});

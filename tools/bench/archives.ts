import { statSync } from 'node:fs';
import { link, mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  clear,
  MEBIBYTE,
  median,
  randomFile,
  row,
  say,
  shell,
  signet,
  smallFiles,
} from './measure.ts';

/** How much is measured. */
export interface ArchiveSizes {
  /** Of the one large file. */
  readonly bytes: number;
  /** How many small ones. */
  readonly files: number;
  /** How often, besides a first round that does not count. */
  readonly runs: number;
}

const PEERS: Readonly<Record<'zip' | '7z', string>> = {
  zip: '7zz a -tzip -mem=AES256 -mx0 -pbench-bench-bench',
  '7z': '7zz a -t7z -mhe=on -mx0 -pbench-bench-bench',
};

/**
 * ZIP or 7z against 7-Zip, which stores, too: no compression on either side.
 *
 * @param format - which of them
 * @param sizes - how much
 */
export async function benchArchive(
  format: 'zip' | '7z',
  { bytes, files, runs }: ArchiveSizes,
): Promise<void> {
  say(`\n${format.toUpperCase()}, one file of ${String(bytes / MEBIBYTE)} MiB, random`);
  await randomFile('large.bin', bytes);
  await compare(format, 'large.bin', runs);
  clear('large.bin');
  say(`\n${format.toUpperCase()}, ${files.toLocaleString('en')} files of 10 KiB, random`);
  await smallFiles('small', files);
  await compare(format, 'small', runs);
  say(`\nPeak memory of ${format.toUpperCase()}`);
  for (const count of [files / 4, files]) {
    await fewer('small', 'some', count);
    await memory(format, 'some', `${count.toLocaleString('en')} files`);
  }
  clear('small', 'some');
  for (const size of [bytes / 4, bytes]) {
    await writeFile('zeros.jpg', '');
    // A hole: it reads as zeros and takes no memory from the file system. Pictures are not compressed.
    await truncate('zeros.jpg', size);
    await memory(format, 'zeros.jpg', `${(size / MEBIBYTE).toFixed(0)} MiB`);
  }
  clear('zeros.jpg');
}

async function compare(format: 'zip' | '7z', path: string, runs: number): Promise<void> {
  const times: Record<string, number[]> = {};
  const ours = `ours.${format}`;
  const peer = `peer.${format}`;
  for (let run = 0; run <= runs; run += 1) {
    const note = (name: string, seconds: number): void => {
      // The first round touches the pages of every target and is not counted.
      if (run > 0) (times[name] ??= []).push(seconds);
    };
    clear(ours, peer, 'ours', 'peer');
    note('7zz a', shell(`${PEERS[format]} ${peer} ${path}`));
    note(
      'checks',
      shell(
        `find ${path} -type f -exec sha256sum {} + >/dev/null; sha256sum ${peer}; 7zz t -pbench-bench-bench ${peer}`,
      ),
    );
    const sealed = await seal(format, path, ours);
    note('seal', sealed.seconds);
    note('7zz x', shell(`7zz x -pbench-bench-bench -opeer ${peer}`));
    note('sums', shell('find peer -type f -exec sha256sum {} + >/dev/null'));
    note('open', (await open(ours, ['-d', 'ours'])).seconds);
  }
  clear(ours, peer, 'ours', 'peer', 'passphrase.txt');
  const of = (name: string): number => median(times[name] ?? []);
  row('seal', of('seal'), of('7zz a'), '7zz a');
  row(
    'seal',
    of('seal'),
    of('7zz a') + of('checks'),
    '7zz a, 7zz t, sha256sum of documents and bundle',
  );
  row('open', of('open'), of('7zz x'), '7zz x');
  row('open', of('open'), of('7zz x') + of('sums'), '7zz x, sha256sum of documents');
}

async function seal(format: string, path: string, to: string): ReturnType<typeof signet> {
  const sealed = await signet(['seal', path, '--format', format, '-o', to, '--json', '-q']);
  const { passphrase } = JSON.parse(sealed.output) as { passphrase: string };
  await writeFile('passphrase.txt', passphrase, { mode: 0o600 });
  return sealed;
}

function open(path: string, more: readonly string[]): ReturnType<typeof signet> {
  return signet(['open', path, ...more, '--passphrase-file', 'passphrase.txt', '--json', '-q']);
}

/** A folder with some of the files of another, which are not copied. */
async function fewer(from: string, to: string, count: number): Promise<void> {
  clear(to);
  await mkdir(to);
  for (const name of (await readdir(from)).slice(0, count))
    await link(join(from, name), join(to, name));
}

async function memory(format: string, path: string, what: string): Promise<void> {
  const sealed = await seal(format, path, 'memory.bundle');
  const opened = await open('memory.bundle', ['--list', '--max-ratio', '100000']);
  const mib = (value: number): string => (value / MEBIBYTE).toFixed(0);
  say(
    `  ${what.padStart(12)}   seal ${mib(sealed.peak)} MiB   open ${mib(opened.peak)} MiB   (bundle ${mib(statSync('memory.bundle').size)} MiB)`,
  );
  clear('memory.bundle', 'passphrase.txt');
}

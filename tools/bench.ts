import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINE_NAMES } from '../app/envelope/engine.ts';
import { loadEngine } from '../app/envelope/load-engine.ts';
import { CHUNK_BYTES, openBatch, sealBatch } from '../app/envelope/payload.ts';
import { sha256 } from '../app/digest/digest.ts';
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
} from './bench/measure.ts';
import { benchPage } from './bench/page.ts';
import { benchArchive } from './bench/archives.ts';

/*
 * Signet against Debian's tar, age, sha256sum and 7-Zip, on a file system in memory, in one run: interleaved, medians, ratios. Every
 * command is a process of its own, started and ended within the time. Signet runs as it is built, `dist/main/signet.js`.
 */

const { values } = parseArgs({
  options: {
    mebibytes: { type: 'string', default: '1024' },
    large: { type: 'string', default: '8192' },
    files: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
    // Some of the parts, apart by commas.
    only: { type: 'string' },
  },
});
const SIZE = Number(values.mebibytes) * MEBIBYTE;
const LARGE = Number(values.large) * MEBIBYTE;
const FILES = Number(values.files);
const RUNS = Number(values.runs);

const root = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'signet-bench-'));
process.chdir(root);

try {
  say(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, Node ${process.version}`,
  );
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    engines,
    version,
    large: oneLargeFile,
    small: manySmallFiles,
    zip: () => benchArchive('zip', { bytes: SIZE, files: FILES, runs: RUNS }),
    '7z': () => benchArchive('7z', { bytes: SIZE, files: FILES, runs: RUNS }),
    page: benchPage,
    memory,
  };
  for (const [name, part] of Object.entries(parts))
    if (values.only === undefined || values.only.split(',').includes(name)) await part();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function engines(): Promise<void> {
  say('\nOne core, MB/s, in batches of four 64 KiB chunks');
  const total = 256 * MEBIBYTE;
  const plaintext = randomBytes(4 * CHUNK_BYTES);
  for (const name of ENGINE_NAMES) {
    const engine = await loadEngine(name).catch(() => undefined);
    if (engine === undefined) continue;
    const cipher = engine.cipher(randomBytes(32));
    const batch = { firstCounter: 0, last: false, bytes: plaintext };
    const sealed = sealBatch(cipher, batch);
    const rounds = total / plaintext.byteLength;
    const seal = rate(total, rounds, () => sealBatch(cipher, batch));
    const opened = rate(total, rounds, () => openBatch(cipher, { ...batch, bytes: sealed }));
    say(`  ${name.padEnd(10)} seal ${seal}   open ${opened}`);
  }
  const block = randomBytes(MEBIBYTE);
  const hashing = rate(total, total / MEBIBYTE, () => sha256(block));
  say(`  SHA-256    ${hashing}   (once over the documents, once over the bundle)`);
}

function rate(bytes: number, rounds: number, work: () => unknown): string {
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) work();
  return (bytes / 1e6 / ((performance.now() - startedAt) / 1000)).toFixed(0).padStart(5);
}

async function version(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < 9; run += 1) times.push((await signet(['--version'])).seconds);
  say(`\nsignet --version: ${(median(times) * 1000).toFixed(0)} ms`);
}

async function oneLargeFile(): Promise<void> {
  say(`\nOne file of ${String(SIZE / MEBIBYTE)} MiB, random`);
  await randomFile('large.bin', SIZE);
  await compare('large.bin');
  rmSync('large.bin');
}

async function manySmallFiles(): Promise<void> {
  say(`\n${FILES.toLocaleString('en')} files of 10 KiB, random`);
  await smallFiles('small', FILES);
  await compare('small');
  rmSync('small', { recursive: true });
}

/** Seals and opens one path with each in turn, several times. */
async function compare(path: string): Promise<void> {
  execFileSync('sh', ['-c', 'age-keygen -o key.txt 2>public.txt'], { stdio: 'ignore' });
  const recipient = /age1\S+/.exec(await readFile('public.txt', 'utf8'))?.[0] ?? '';
  const times: Record<string, number[]> = {};
  const note = (name: string, seconds: number): void => {
    (times[name] ??= []).push(seconds);
  };
  // The first round touches the pages of every target and is not counted.
  for (let run = 0; run <= RUNS; run += 1) {
    const count = run === 0 ? (): void => undefined : note;
    clear('peer.age', 'ours.tar.age', 'peer', 'ours');
    await mkdir('peer');
    count('tar|age', shell(`tar cf - ${path} | age -r ${recipient} >peer.age`));
    count(
      'sums',
      shell(`find ${path} -type f -exec sha256sum {} + >/dev/null; sha256sum peer.age`),
    );
    const sealed = await signet([
      'seal',
      path,
      '-o',
      'ours.tar.age',
      '-r',
      recipient,
      '--json',
      '-q',
    ]);
    count('seal', sealed.seconds);
    count('age|tar', shell('age -d -i key.txt peer.age | tar xf - -C peer'));
    count('sums after', shell('find peer -type f -exec sha256sum {} + >/dev/null'));
    const args = ['open', 'ours.tar.age', '-d', 'ours', '-i', 'key.txt', '--json', '-q'];
    count('open', (await signet(args)).seconds);
  }
  clear('peer.age', 'ours.tar.age', 'peer', 'ours', 'key.txt', 'public.txt');
  const of = (name: string): number => median(times[name] ?? []);
  row('seal', of('seal'), of('tar|age'), 'tar | age');
  row(
    'seal',
    of('seal'),
    of('tar|age') + of('sums'),
    'tar | age, sha256sum of documents and bundle',
  );
  row('open', of('open'), of('age|tar'), 'age -d | tar x');
  row(
    'open',
    of('open'),
    of('age|tar') + of('sums after'),
    'age -d | tar x, sha256sum of documents',
  );
}

async function memory(): Promise<void> {
  say('\nPeak memory with a passphrase (scrypt takes 256 MiB of it)');
  for (const bytes of [SIZE, LARGE]) {
    await writeFile('zeros.bin', '');
    // A hole: it reads as zeros and takes no memory from the file system.
    await truncate('zeros.bin', bytes);
    const sealed = await signet(['seal', 'zeros.bin', '-o', 'zeros.tar.age', '--json', '-q']);
    const { passphrase } = JSON.parse(sealed.output) as { passphrase: string };
    await writeFile('passphrase.txt', passphrase, { mode: 0o600 });
    const opened = await signet([
      'open',
      'zeros.tar.age',
      '--list',
      '--passphrase-file',
      'passphrase.txt',
      '--json',
      '-q',
    ]);
    say(
      `  ${String(bytes / MEBIBYTE).padStart(5)} MiB   seal ${mebibytes(sealed.peak)} MiB   open ${mebibytes(opened.peak)} MiB   (bundle ${mebibytes(statSync('zeros.tar.age').size)} MiB)`,
    );
    clear('zeros.bin', 'zeros.tar.age', 'passphrase.txt');
  }
}

function mebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(0);
}

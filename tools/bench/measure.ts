import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomFillSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 2^20 bytes. */
export const MEBIBYTE = 1024 * 1024;

const CLI = new URL('../../dist/main/signet.js', import.meta.url).pathname;
const PEAK = new URL('../peak-memory.mjs', import.meta.url).pathname;

/** One run of Signet. */
export interface Measured {
  readonly seconds: number;
  /** Standard output. */
  readonly output: string;
  /** Peak resident memory in bytes. */
  readonly peak: number;
}

/** Runs our command line as a process; anything but success ends the benchmark. */
export function signet(args: readonly string[]): Promise<Measured> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', PEAK, CLI, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Measured>();
  let output = '';
  let peak = '';
  child.stdout?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stdio[3]?.on('data', (data: Buffer) => {
    peak += data.toString();
  });
  child.on('close', (code) => {
    const seconds = (performance.now() - startedAt) / 1000;
    if (code === 0) resolve({ seconds, output, peak: Number(peak) });
    else reject(new Error(`signet ${args[0] ?? ''} ended with ${String(code)}: ${output}`));
  });
  return promise;
}

/** Runs a peer's command, and gives the seconds that it took. */
export function shell(command: string): number {
  const startedAt = performance.now();
  execFileSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });
  return (performance.now() - startedAt) / 1000;
}

/** A file of random bytes. */
export async function randomFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  const piece = Buffer.alloc(MEBIBYTE);
  for (let written = 0; written < bytes; written += piece.byteLength) {
    randomFillSync(piece);
    await file.write(piece);
  }
  await file.close();
}

/** Removes what a round left. */
export function clear(...paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

/** The middle of several measurements. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Prints a line. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A folder of small files of random bytes, 10 KiB each. */
export async function smallFiles(folder: string, count: number): Promise<void> {
  await mkdir(folder);
  for (let index = 0; index < count; index += 1)
    await writeFile(join(folder, `document ${String(index)}.bin`), randomBytes(10 * 1024));
}

/** Prints how Signet compares with a peer. */
export function row(label: string, ours: number, peer: number, peerName: string): void {
  say(
    `  ${label}  ${ours.toFixed(2)} s   ${peerName} ${peer.toFixed(2)} s   ratio ${(ours / peer).toFixed(2)}`,
  );
}

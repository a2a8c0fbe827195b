import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import S3rver from 's3rver';
import { createApp, type Place, type SendReceipt } from '../app/app.ts';
import type { Job, Stage } from '../app/contract/job.ts';
import { makeDemoDocuments } from './demo-documents.ts';

/*
 * The whole job, unattended: documents are sealed and uploaded to an S3 server on this machine, listed, fetched, opened, and
 * compared with the originals byte for byte (by SHA-256). Exits with 1 if anything differs.
 */

const workspace = await mkdtemp(join(tmpdir(), 'signet-demo-'));
const originals = join(workspace, 'application');
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: join(workspace, 's3'),
  configureBuckets: [{ name: 'applications' }],
});
// The embedded server knows one pair of keys, its own.
process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';

try {
  await run();
} finally {
  await server.close();
  await rm(workspace, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const { port } = await server.run();
  const home: Place = {
    url: 's3://applications/home/ana/',
    s3: { endpoint: `http://127.0.0.1:${String(port)}`, region: 'us-east-1' },
  };
  const app = createApp();
  const downloads = join(workspace, 'downloads');
  const restored = join(workspace, 'restored');
  await mkdir(downloads);

  say('The applicant');
  await timed('makes documents', () => makeDemoDocuments(originals));
  const receipt = await timed('seals and uploads them', (job) =>
    app.send(
      { paths: [originals], lock: { kind: 'generate' }, note: 'Here are my documents.' },
      home,
      job,
    ),
  );
  printReceipt(receipt);

  say('The recipient');
  const items = await timed('lists the inbox', (job) => app.listInbox(home, job));
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error('the inbox should hold one bundle');
  const from = { ...home, url: item.location };
  const fetched = await timed('fetches the bundle', (job) => app.fetch(from, downloads, job));
  const opened = await timed('opens and verifies it', (job) =>
    app.open(
      {
        path: fetched.location,
        // As somebody types it who heard it on the telephone.
        passphrase: receipt.generated?.passphrase.replaceAll('-', ' ').toUpperCase(),
        into: { directory: restored, onConflict: 'fail' },
      },
      job,
    ),
  );
  await timed('deletes it from S3', () => app.deleteFromInbox(from));

  say('The comparison');
  const before = await sumsOf(originals);
  const after = await sumsOf(join(restored, 'application'));
  for (const [name, sha256] of before)
    line(after.get(name) === sha256 ? 'equal' : 'DIFFERS', `${sha256.slice(0, 16)}…  ${name}`);
  const same =
    opened.verified &&
    receipt.sha256 === fetched.sha256 &&
    before.size === after.size &&
    [...before].every(([name, sha256]) => after.get(name) === sha256) &&
    (await app.listInbox(home)).length === 0;
  process.stdout.write(same ? '\nEverything arrived, and nothing was changed.\n' : '\nFAILED.\n');
  process.exitCode = same ? 0 : 1;
}

function printReceipt({ location, bytes, sha256, verifiedBy, generated }: SendReceipt): void {
  line('bundle', location);
  line('size', `${bytes.toLocaleString('en')} bytes`);
  line('SHA-256', sha256);
  line('verified by', verifiedBy.join(', '));
  line('passphrase', `${generated?.passphrase ?? ''} (told another way)`);
}

/** Does a piece of the work, and says how long it took, as a whole and by stage. */
async function timed<T>(what: string, work: (job: Job) => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const stages = new Map<Stage, number>();
  let current: { stage: Stage; since: number } | undefined;
  const enter = (stage: Stage | undefined): void => {
    const now = performance.now();
    if (current !== undefined)
      stages.set(current.stage, (stages.get(current.stage) ?? 0) + now - current.since);
    current = stage === undefined ? undefined : { stage, since: now };
  };
  const result = await work({
    onProgress: ({ stage }) => {
      if (stage !== current?.stage) enter(stage);
    },
  });
  enter(undefined);
  const inStages = [...stages].map(([stage, time]) => `${stage} ${seconds(time)}`).join(', ');
  line(seconds(performance.now() - startedAt), inStages === '' ? what : `${what} (${inStages})`);
  return result;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

async function sumsOf(folder: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const digest = createHash('sha256');
    await pipeline(createReadStream(path), digest);
    sums.set(relative(folder, path), digest.digest('hex'));
  }
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function say(title: string): void {
  process.stdout.write(`\n${title}\n`);
}

function line(left: string, right: string): void {
  process.stdout.write(`  ${left.padEnd(12)}${right}\n`);
}

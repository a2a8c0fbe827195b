import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyVariables } from '../../support/aws-environment.ts';
import { jsonErrorOf, jsonOf, signet, startSignet, type Run } from '../../support/cli.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';
import { writeDocuments } from '../../support/documents.ts';
import { TO_KEY, workspace } from '../../support/workspace.ts';

const TO = 's3://signet-test/home/ana/';

/** What it takes to send to a scripted server. */
function reaching(server: ScriptedS3): { env: Record<string, string>; options: string[] } {
  const { accessKeyId, endpoint } = server;
  return {
    env: keyVariables({ accessKeyId, secretAccessKey: 'scripted secret' }),
    options: ['--to', TO, '--endpoint', endpoint, '--region', 'us-east-1', ...TO_KEY],
  };
}

async function sendTo(server: ScriptedS3, ...args: readonly string[]): Promise<Run> {
  const { env, options } = reaching(server);
  return await signet(['send', 'passport.jpg', ...options, ...args], { cwd: workspace(), env });
}

test('send into a folder gives the receipt of seal, and where and how it was checked', async () => {
  const cwd = writeDocuments(workspace(), { 'inbox/': '' });
  const args = ['send', 'degree.pdf', '--to', 'inbox', ...TO_KEY];
  const { code, stdout } = await signet([...args, '--name', 'a'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Sealed and sent 1 document \(7 bytes\)\.\n/);
  expect(stdout).toContain(`  Bundle      ${join(cwd, 'inbox', 'a.tar.age')}\n`);
  const json = jsonOf(await signet([...args, '--name', 'b', '--json'], { cwd }));
  expect(Object.keys(json).slice(0, 5)).toEqual([
    'bundle',
    'format',
    'bytes',
    'sha256',
    'documents',
  ]);
  expect(json).toMatchObject({
    location: join(cwd, 'inbox', 'b.tar.age'),
    verifiedBy: ['flushed-to-disk'],
  });
});

test('send into S3 says where the bundle lies and what proves that it arrived', async () => {
  const server = await ScriptedS3.start();
  const json = jsonOf(await sendTo(server, '--name', 'a', '--json'));
  expect(json).toMatchObject({
    location: `${TO}a.tar.age`,
    verifiedBy: ['checksum-sha256', 'etag-md5', 'listed-size'],
  });
  expect([...server.model.objects.keys()]).toEqual(['home/ana/a.tar.age']);
});

test('the receipt of S3 tells the evidence in words', async () => {
  const { code, stdout, stderr } = await sendTo(await ScriptedS3.start());
  expect(code).toBe(0);
  expect(stdout).toContain(
    "\n  Checked by  the server's SHA-256, the server's MD5 (ETag), the size on the server\n",
  );
  expect(stderr).toMatch(
    /^Looking at the documents\nPreparing the key\nSealing \(293 KiB\)\nChecking \(29\d KiB\)\n$/,
  );
});

test('what the destination refuses ends with 5', async () => {
  const server = await ScriptedS3.start();
  server.model.denied.add('s3:PutObject');
  const denied = await sendTo(server);
  expect({ code: denied.code, stdout: denied.stdout }).toEqual({ code: 5, stdout: '' });
  expect(denied.stderr).toContain(
    "Error: You lack the right s3:PutObject in the bucket 'signet-test'.\n",
  );
  server.model.denied.clear();
  server.model.place('home/ana/a.tar.age', Buffer.from('an older one'));
  const taken = await sendTo(server, '--name', 'a', '--json');
  expect(taken.code).toBe(5);
  expect(jsonErrorOf(taken)).toMatchObject({
    code: 's3-exists',
    data: { location: `${TO}a.tar.age` },
  });
});

test.each([
  ['without credentials', {}, 's3-no-credentials'],
  [
    'with credentials that the server does not know',
    keyVariables({ accessKeyId: 'STRANGER', secretAccessKey: 'very secret' }),
    's3-bad-credentials',
  ],
])('send %s ends with 5 and does not repeat them', async (_what, env, code) => {
  const { options } = reaching(await ScriptedS3.start());
  const args = ['send', 'passport.jpg', ...options, '--json'];
  const run = await signet(args, { cwd: workspace(), env });
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)['code']).toBe(code);
  expect(run.stdout + run.stderr).not.toMatch(/very secret|STRANGER/);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while parts are being sent leaves no upload pending and ends with 6',
  async (signal) => {
    const server = await ScriptedS3.start();
    const { env, options } = reaching(server);
    const cwd = writeDocuments(workspace(), { 'large.bin': '' });
    truncateSync(join(cwd, 'large.bin'), 200 * 2 ** 20);
    const { child, ended } = startSignet(['send', 'large.bin', ...options], { cwd, env });
    server.on('UploadPart', () => {
      child.kill(signal);
      return { kind: 'silence' };
    });
    const run = await ended;
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 6, stdout: '' });
    expect(run.stderr).toContain('Error: Cancelled.\n');
    expect(server.count('AbortMultipartUpload')).toBeGreaterThan(0);
    expect(server.model.uploads.size).toBe(0);
    expect(server.model.objects.size).toBe(0);
  },
);

test('who presses Ctrl-C twice does not have to wait for a server that is silent', async () => {
  const server = await ScriptedS3.start();
  const { env, options } = reaching(server);
  const cwd = writeDocuments(workspace(), { 'large.bin': '' });
  truncateSync(join(cwd, 'large.bin'), 200 * 2 ** 20);
  const { child, ended } = startSignet(['send', 'large.bin', ...options], { cwd, env });
  for (const operation of ['UploadPart', 'AbortMultipartUpload'] as const)
    server.on(operation, (nth) => {
      if (nth === 1) child.kill('SIGINT');
      return { kind: 'silence' };
    });
  expect((await ended).code).toBe(6);
});

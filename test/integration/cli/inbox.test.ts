import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyVariables } from '../../support/aws-environment.ts';
import { jsonErrorOf, jsonOf, signet, type Run } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const HOUR = 3600;

/** A folder with a bundle of an hour ago and one of five days ago. */
function inbox(): string {
  const cwd = writeDocuments(temporaryFolder(), {
    'in/old.age': 'o'.repeat(2048),
    'in/new.age': 'n',
    'in/.hidden': 'h',
    'to/': '',
  });
  const now = Date.now() / 1000;
  utimesSync(join(cwd, 'in/old.age'), now, now - 5 * 24 * HOUR - 60);
  utimesSync(join(cwd, 'in/new.age'), now, now - HOUR - 60);
  return cwd;
}

async function inboxOf(server: ScriptedS3, ...args: readonly string[]): Promise<Run> {
  const { accessKeyId, endpoint } = server;
  return await signet(['inbox', ...args, '--endpoint', endpoint, '--json', '-q'], {
    cwd: temporaryFolder(),
    env: keyVariables({ accessKeyId, secretAccessKey: 'scripted secret' }),
  });
}

test('inbox list shows the newest first with age and size', async () => {
  const cwd = inbox();
  const { code, stdout, stderr } = await signet(['inbox', 'list', 'in'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Listing\n' });
  expect(stdout.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'YYYY-MM-DD hh:mm')).toBe(
    [
      'Received             Age     Size  Bundle',
      'YYYY-MM-DD hh:mm     1 h   1 byte  new.age',
      'YYYY-MM-DD hh:mm  5 days  2.0 KiB  old.age',
      '',
    ].join('\n'),
  );
});

test('inbox list --json gives each bundle as data', async () => {
  const cwd = inbox();
  const { items } = jsonOf(await signet(['inbox', 'list', 'in', '--json', '-q'], { cwd }));
  const received = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
  expect(items).toEqual([
    { location: join(cwd, 'in/new.age'), name: 'new.age', bytes: 1, received },
    { location: join(cwd, 'in/old.age'), name: 'old.age', bytes: 2048, received },
  ]);
});

test('an empty inbox is called empty', async () => {
  expect((await signet(['inbox', 'list', '.'], { cwd: temporaryFolder() })).stdout).toBe(
    'The inbox is empty.\n',
  );
});

test('inbox get fetches a bundle as it is and says how to open it', async () => {
  const cwd = inbox();
  const { code, stdout } = await signet(['inbox', 'get', 'in/old.age', '-d', 'to'], { cwd });
  expect(code).toBe(0);
  const fetched = join(cwd, 'to/old.age');
  const content = readFileSync(fetched);
  expect(content).toEqual(readFileSync(join(cwd, 'in/old.age')));
  expect(stdout).toBe(
    [
      'Fetched the bundle (2.0 KiB).',
      '',
      `  Bundle   ${fetched}`,
      `  SHA-256  ${hash('sha256', content)}`,
      '',
      `Open it with: signet open ${fetched} -d FOLDER`,
      '',
    ].join('\n'),
  );
});

test('inbox get never replaces a file', async () => {
  const cwd = writeDocuments(inbox(), { 'to/old.age': 'mine' });
  const run = await signet(['inbox', 'get', 'in/old.age', '-d', 'to', '--json'], { cwd });
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)['code']).toBe('output-exists');
  expect(readFileSync(join(cwd, 'to/old.age'), 'utf8')).toBe('mine');
});

test('inbox delete deletes what was named and says so', async () => {
  const cwd = inbox();
  const run = await signet(['inbox', 'delete', 'in/old.age', 'in/new.age'], { cwd });
  expect(run).toEqual({
    code: 0,
    stdout: 'Deleted 2 bundles:\n  in/old.age\n  in/new.age\n',
    stderr: '',
  });
  expect(existsSync(join(cwd, 'in/old.age'))).toBe(false);
  expect(existsSync(join(cwd, 'in/.hidden'))).toBe(true);
});

test('when one of several cannot be deleted, those that are gone are still named', async () => {
  const cwd = inbox();
  const args = ['inbox', 'delete', 'in/old.age', 'in/nowhere.age', 'in/new.age'];
  const run = await signet(args, { cwd });
  expect(run.code).not.toBe(0);
  expect(run.stderr).toMatch(/^Deleted 1 bundle:\n {2}in\/old\.age\nError: .*nowhere\.age/);
  expect(existsSync(join(cwd, 'in/new.age'))).toBe(true);
});

test('an inbox in S3 is listed, fetched from and deleted from', async () => {
  const server = await ScriptedS3.start();
  const content = Buffer.from('a bundle');
  server.model.place('home/ana/b.age', content);
  const url = 's3://signet-test/home/ana/b.age';
  const listed = jsonOf(await inboxOf(server, 'list', 's3://signet-test/home/'));
  expect(listed['items']).toMatchObject([{ location: url, name: 'ana/b.age', bytes: 8 }]);
  const fetched = jsonOf(await inboxOf(server, 'get', url, '-d', '.'));
  expect(Object.keys(fetched)).toEqual(['bundle', 'bytes', 'sha256', 'verifiedBy']);
  expect(fetched['sha256']).toBe(hash('sha256', content));
  expect(readFileSync(String(fetched['bundle']))).toEqual(content);
  expect(jsonOf(await inboxOf(server, 'delete', url))).toEqual({ deleted: [url] });
  expect(server.model.objects.size).toBe(0);
});

test('a bundle that is not in S3 ends with 5', async () => {
  const server = await ScriptedS3.start();
  const run = await inboxOf(server, 'get', 's3://signet-test/home/x.age', '-d', '.');
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)).toMatchObject({ code: 's3-no-object' });
});

test('a bundle that is not in S3 is not said to be deleted', async () => {
  const server = await ScriptedS3.start();
  const url = 's3://signet-test/home/x.age';
  const run = await inboxOf(server, 'delete', url);
  expect(run.code).toBe(5);
  expect(jsonErrorOf(run)).toMatchObject({ code: 's3-no-object', data: { location: url } });
});

test.each(['12:30.age', 'back\\slash.age', 'aux', '..', 'end. '])(
  'a bundle whose name %j no file may have is fetched under another, and deleted',
  async (name) => {
    const server = await ScriptedS3.start();
    server.model.place(`home/ana/${name}`, Buffer.from('a bundle'));
    const { items } = jsonOf(await inboxOf(server, 'list', 's3://signet-test/home/'));
    const [{ location }] = items as [{ location: string }];
    const refused = await inboxOf(server, 'get', location, '-d', '.');
    expect(refused.code).toBe(2);
    expect(jsonErrorOf(refused)).toMatchObject({
      code: 'fetch-name',
      data: { name },
      next: expect.stringContaining('--as NAME') as string,
    });
    const fetched = jsonOf(await inboxOf(server, 'get', location, '-d', '.', '--as', 'b.age'));
    expect(String(fetched['bundle'])).toMatch(/[/\\]b\.age$/);
    expect(readFileSync(String(fetched['bundle']), 'utf8')).toBe('a bundle');
    expect(jsonOf(await inboxOf(server, 'delete', location))).toEqual({ deleted: [location] });
    expect(server.model.objects.size).toBe(0);
  },
);

test.each(['../out.age', 'sub/b.age', '..', ''])(
  'a bundle is not fetched under %j, which is no name in the folder',
  async (name) => {
    const cwd = inbox();
    const run = await signet(
      ['inbox', 'get', 'in/old.age', '-d', 'to', '--as', name, '--json', '-q'],
      { cwd },
    );
    expect(jsonErrorOf(run)).toMatchObject({ code: 'fetch-name', data: { name } });
    expect(readdirSync(join(cwd, 'to'))).toEqual([]);
  },
);

test('inbox get --as names the file', async () => {
  const cwd = inbox();
  const args = ['inbox', 'get', 'in/old.age', '-d', 'to', '--as', 'mine.age'];
  expect((await signet(args, { cwd })).code).toBe(0);
  expect(readdirSync(join(cwd, 'to'))).toEqual(['mine.age']);
});

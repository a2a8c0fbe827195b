import { describe, expect, test } from 'vitest';
import { fetchBytes, inboxAt } from '../../support/s3-inboxes.ts';
import { failureOf, SMALL } from '../../support/s3-sends.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('an inbox', () => {
  test('lists the newest first, over as many pages as it takes', async () => {
    const server = await ScriptedS3.start();
    server.model.pageSize = 2;
    for (const [index, age] of [4, 1, 5, 2, 3].entries())
      server.model.place(`box/${String(index)}.age`, SMALL, new Date(NOW - age * 1000));
    const items = await (await inboxAt(server, 'box/')).list({});
    expect(server.count('ListObjectsV2')).toBe(3);
    expect(items.map(({ name }) => name)).toEqual(['1.age', '3.age', '4.age', '0.age', '2.age']);
    expect(items[0]).toEqual({
      location: 's3://signet-test/box/1.age',
      name: '1.age',
      bytes: SMALL.byteLength,
      received: new Date(NOW - 1000),
    });
  });

  test('shows the folders of others with their names, and no markers of folders', async () => {
    const server = await ScriptedS3.start();
    server.model.place('box/', Buffer.alloc(0));
    server.model.place('box/ana/', Buffer.alloc(0));
    server.model.place('box/ana/a.age', SMALL, new Date(NOW));
    server.model.place('boxes/b.age', SMALL);
    const items = await (await inboxAt(server, 'box/')).list({});
    expect(items.map(({ name }) => name)).toEqual(['ana/a.age']);
  });

  test('may be a whole bucket', async () => {
    const server = await ScriptedS3.start();
    server.model.place('a.age', SMALL);
    const inbox = await inboxAt(server, '');
    expect((await inbox.list({})).map(({ name }) => name)).toEqual(['a.age']);
    expect((await fetchBytes(inbox, 'a.age')).bytes.equals(SMALL)).toBe(true);
  });

  test('may be empty', async () => {
    const server = await ScriptedS3.start();
    expect(await (await inboxAt(server, 'box/')).list({})).toEqual([]);
  });

  test.each([
    'with space.age',
    'a+b&c=d.age',
    'why?.age',
    'no #1.age',
    '100%25.age',
    '<tag>&amp;.age',
    '日本語の書類.age',
    'e\u0301.age',
    '😀.age',
    "it's (1)*!.age",
  ])('lists, fetches and deletes %j under exactly that name', async (name) => {
    const server = await ScriptedS3.start();
    server.model.place(`box/${name}`, SMALL);
    server.model.place('box/other.age', Buffer.from('other'), new Date(0));
    const inbox = await inboxAt(server, 'box/');
    const [item] = await inbox.list({});
    expect(item?.name).toBe(name);
    const { bytes } = await fetchBytes(inbox, name);
    expect(bytes.equals(SMALL)).toBe(true);
    await inbox.delete(name, {});
    expect([...server.model.objects.keys()]).toEqual(['box/other.age']);
  });

  test('is not listed for somebody who stopped', async () => {
    const server = await ScriptedS3.start();
    const controller = new AbortController();
    server.model.pageSize = 1;
    for (const name of ['a', 'b', 'c']) server.model.place(`box/${name}.age`, SMALL);
    server.on('ListObjectsV2', (nth) => {
      if (nth === 2) controller.abort();
      return undefined;
    });
    const inbox = await inboxAt(server, 'box/');
    const error = await failureOf(inbox.list({ signal: controller.signal }));
    expect(error.code).toBe('cancelled');
    expect(server.count('ListObjectsV2')).toBe(2);
  });

  test('says which bundle is not there', async () => {
    const server = await ScriptedS3.start();
    const inbox = await inboxAt(server, 'box/');
    expect(await failureOf(fetchBytes(inbox, 'gone.age'))).toMatchObject({
      code: 's3-no-object',
      data: { location: 's3://signet-test/box/gone.age' },
    });
  });

  test.each([false, true])(
    'says which bundle is not there to be deleted, and deletes none beside it: prefix only %j',
    async (prefixOnly) => {
      const server = await ScriptedS3.start();
      server.model.prefixOnly = prefixOnly;
      server.model.place('box/gone.age.old', SMALL);
      const inbox = await inboxAt(server, 'box/');
      expect(await failureOf(inbox.delete('gone.age', {}))).toMatchObject({
        code: 's3-no-object',
        data: { location: 's3://signet-test/box/gone.age' },
      });
      expect([...server.model.objects.keys()]).toEqual(['box/gone.age.old']);
    },
  );

  test('says which bucket is not there', async () => {
    const server = await ScriptedS3.start('another-bucket');
    const inbox = await inboxAt(server, 'box/');
    server.on('ListObjectsV2', () => ({ kind: 'refuse', status: 404, code: 'NoSuchBucket' }));
    expect(await failureOf(inbox.list({}))).toMatchObject({
      code: 's3-no-bucket',
      data: { bucket: 'another-bucket' },
    });
  });
});

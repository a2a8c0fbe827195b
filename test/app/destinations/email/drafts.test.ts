import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../../app/contract/job.ts';
import { composeDrafts } from '../../../../app/destinations/email/drafts.ts';
import { openVolumes } from '../../../../app/files/volumes.ts';
import { attached, bundleOf, emailOf, parsed } from '../../../support/emails.ts';
import { cancelledAt } from '../../../support/jobs.ts';
import { collect } from '../../../support/streams.ts';
import { namesIn, temporaryFolder } from '../../../support/temporary.ts';

const LIMIT = 50_000;

describe('a bundle that fits', () => {
  test('becomes one draft with it attached, for its owner only', async () => {
    const { bundle, content } = await bundleOf(100_000);
    const folder = temporaryFolder();
    const heard: Progress[] = [];
    const [draft, ...more] = await composeDrafts(emailOf(bundle), folder, undefined, {
      onProgress: (progress) => void heard.push(progress),
    });
    expect(more).toEqual([]);
    expect(draft).toEqual({
      path: join(folder, 'bundle-x7k2mq.tar.age.eml'),
      bytes: statSync(draft!.path).size,
      subject: 'Encrypted documents for you',
      attachment: 'bundle-x7k2mq.tar.age',
    });
    expect(statSync(draft!.path).mode & 0o777).toBe(0o600);
    const email = await parsed(readFileSync(draft!.path));
    expect(email.to).toEqual([{ name: 'Ann', address: 'ann@example.test' }]);
    expect(email.from).toBeUndefined();
    expect(email.headers).toContainEqual(expect.objectContaining({ key: 'x-unsent', value: '1' }));
    expect(attached(email)).toEqual(content);
    const last = heard.at(-1)!;
    expect(last.stage).toBe('place');
    expect(last.bytes).toBeGreaterThan(100_000 * 1.33);
  });

  test('needs no recipients', async () => {
    const { bundle } = await bundleOf(1000);
    const [draft] = await composeDrafts(
      emailOf(bundle, { to: [] }),
      temporaryFolder(),
      undefined,
      {},
    );
    expect((await parsed(readFileSync(draft!.path))).to ?? []).toEqual([]);
  });

  test('has a sender where one is wanted, and the own words above', async () => {
    const { bundle } = await bundleOf(1000);
    const request = emailOf(bundle, {
      greeting: 'Dear Ann,',
      subject: 'My papers',
      language: 'de',
    });
    const [draft] = await composeDrafts(request, temporaryFolder(), 'Zoë <zoe@example.test>', {});
    const email = await parsed(readFileSync(draft!.path));
    expect(email).toMatchObject({ from: { name: 'Zoë' }, subject: 'My papers' });
    expect(email.text).toMatch(/^Dear Ann,\r?\n\r?\nIm Anhang/);
  });
});

describe('a bundle that is too large', () => {
  test.each([
    ['with the usual text', {}],
    ['with a long greeting', { greeting: 'ü€😀 '.repeat(350) }],
    ['in German', { language: 'de' }],
  ] as const)('becomes numbered drafts, none above the limit, %s', async (_how, different) => {
    const { bundle, content } = await bundleOf(100_000, 'b.zip');
    const folder = temporaryFolder();
    const drafts = await composeDrafts(
      emailOf(bundle, { format: 'zip', limit: LIMIT, ...different }),
      folder,
      undefined,
      {},
    );
    expect(drafts.length).toBeGreaterThanOrEqual(3);
    const parts: Buffer[] = [];
    const out = temporaryFolder();
    for (const [index, { attachment, bytes, path, subject }] of drafts.entries()) {
      expect(bytes).toBeLessThanOrEqual(LIMIT);
      const name = `b.zip.00${String(index + 1)}`;
      expect(attachment).toBe(name);
      expect(path).toBe(join(folder, `${name}.eml`));
      expect(subject).toMatch(
        new RegExp(`\\((?:part|Teil) ${String(index + 1)} (?:of|von) ${String(drafts.length)}\\)$`),
      );
      const email = await parsed(readFileSync(path));
      expect(email.subject).toBe(subject);
      expect(email.attachments[0]).toMatchObject({
        filename: name,
        mimeType: 'application/octet-stream',
      });
      parts.push(attached(email));
      writeFileSync(join(out, name), attached(email));
    }
    expect(Buffer.concat(parts)).toEqual(content);
    // What the recipient saves is what Signet opens.
    const file = await openVolumes(join(out, 'b.zip.002'));
    expect(await collect(file.content())).toEqual(content);
    await file.close();
  });

  test('for any number of messages is refused, and nothing is written', async () => {
    const { bundle } = await bundleOf(100_000);
    const folder = temporaryFolder();
    await expect(
      composeDrafts(emailOf(bundle, { limit: 4000 }), folder, undefined, {}),
    ).rejects.toMatchObject({ code: 'email-too-large', data: { limit: 4000 } });
    expect(await namesIn(folder)).toEqual([]);
  });
});

describe('nothing is left', () => {
  test('of a message with a passphrase in it', async () => {
    const { bundle } = await bundleOf(1000);
    const folder = temporaryFolder();
    for (const greeting of ['ability zoom kettle unmade raft', 'ABILITY-ZOOM-\nKETTLE-UNMADE-RAFT'])
      await expect(
        composeDrafts(emailOf(bundle, { greeting }), folder, undefined, {}),
      ).rejects.toMatchObject({ code: 'email-passphrase-inside' });
    expect(await namesIn(folder)).toEqual([]);
  });

  test('when the name of a later draft is taken', async () => {
    const { bundle } = await bundleOf(100_000, 'b.zip');
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.zip.002.eml'), 'precious');
    await expect(
      composeDrafts(emailOf(bundle, { limit: LIMIT }), folder, undefined, {}),
    ).rejects.toMatchObject({ code: 'output-exists' });
    expect(await namesIn(folder)).toEqual(['b.zip.002.eml']);
    expect(readFileSync(join(folder, 'b.zip.002.eml'), 'utf8')).toBe('precious');
  });

  test('when it is cancelled, at any moment', async () => {
    const { bundle } = await bundleOf(100_000, 'b.zip');
    const folder = temporaryFolder();
    let step = 0;
    for (; step < 1000; step += 1) {
      const code = await composeDrafts(
        emailOf(bundle, { limit: LIMIT }),
        folder,
        undefined,
        cancelledAt(step),
      ).then(
        () => undefined,
        (error: unknown) => (error as { code: string }).code,
      );
      if (code === undefined) break;
      expect(code).toBe('cancelled');
      expect(await namesIn(folder)).toEqual([]);
    }
    expect(step).toBeGreaterThan(3);
  });

  test('when the bundle becomes shorter meanwhile', async () => {
    const { bundle } = await bundleOf(1_000_000);
    truncateSync(bundle.path, 500_000);
    const folder = temporaryFolder();
    await expect(composeDrafts(emailOf(bundle), folder, undefined, {})).rejects.toMatchObject({
      code: 'bundle-unreadable',
    });
    expect(await namesIn(folder)).toEqual([]);
  });

  test('of addresses that are none', async () => {
    const { bundle } = await bundleOf(1000);
    const folder = temporaryFolder();
    for (const to of ['nobody', 'a@b.test\r\nBcc: c@d.test'])
      await expect(
        composeDrafts(emailOf(bundle, { to: [to] }), folder, undefined, {}),
      ).rejects.toMatchObject({ code: 'email-address', data: { address: to } });
    expect(await namesIn(folder)).toEqual([]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { composeDrafts } from '../../app/destinations/email/drafts.ts';
import { sha256 } from '../../app/digest/digest.ts';
import { openBundleFile } from '../../app/files/bundle-file.ts';
import { openVolumes } from '../../app/files/volumes.ts';
import { writeVolumes } from '../../app/files/write-volumes.ts';
import { start } from '../support/cli.ts';
import { bundleOf, emailOf } from '../support/emails.ts';
import { hasCommand } from '../support/peers.ts';
import { collect } from '../support/streams.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Reads a message with Python's own parser, by its strict policy, and says what is in it. */
const READ = `
import email, email.policy, hashlib, json, sys
policy = email.policy.SMTP.clone(raise_on_defect=True)
with open(sys.argv[1], 'rb') as file:
    message = email.message_from_binary_file(file, policy=policy)
[attachment] = message.iter_attachments()
content = attachment.get_content()
if isinstance(content, str):
    content = attachment.get_payload(decode=True)
print(json.dumps({
    'from': message['from'],
    'to': [address.addr_spec for address in message['to'].addresses],
    'names': [address.display_name for address in message['to'].addresses],
    'subject': message['subject'],
    'unsent': message['x-unsent'],
    'text': message.get_body(('plain',)).get_content(),
    'html': message.get_body(('html',)) is not None,
    'name': attachment.get_filename(),
    'type': attachment.get_content_type(),
    'disposition': attachment.get_content_disposition(),
    'sha256': hashlib.sha256(content).hexdigest(),
}))
`;

async function readByPython(path: string): Promise<Record<string, unknown>> {
  const { code, stderr, stdout } = await start('python3', ['-c', READ, path], { cwd: '/' }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe.skipIf(!hasCommand('python3'))("Python's email package reads a draft", () => {
  test.each([
    ['age', 'bundle-x7k2mq.tar.age', 'application/octet-stream'],
    ['zip', 'Unterlagen für Zoë 履歴書.zip', 'application/zip'],
    ['7z', `${'lang '.repeat(30)}name.7z`, 'application/x-7z-compressed'],
    ['html', 'page.html', 'text/html'],
  ] as const)('%s: without a defect, the attachment as it was', async (format, name, type) => {
    const { bundle, content } = await bundleOf(300_001, name);
    const request = emailOf(bundle, {
      format,
      language: 'de',
      to: ['"Lee, Ann" <ann@example.test>', 'Zoë <zoe@bücher.test>'],
      greeting: 'Grüße aus 東京,\nZoë',
    });
    const [draft] = await composeDrafts(request, temporaryFolder(), undefined, {});
    const read = await readByPython(draft!.path);
    expect(read).toMatchObject({
      from: null,
      to: ['ann@example.test', 'zoe@xn--bcher-kva.test'],
      names: ['Lee, Ann', 'Zoë'],
      subject: 'Verschlüsselte Dokumente für Sie',
      unsent: '1',
      html: false,
      name,
      type,
      disposition: 'attachment',
      sha256: sha256(content),
    });
    expect(read['text']).toContain('Grüße aus 東京,');
  });

  test('volumes, which cat puts together', async () => {
    const { bundle, content } = await bundleOf(300_001, 'b.tar.age');
    const folder = temporaryFolder();
    const drafts = await composeDrafts(emailOf(bundle, { limit: 150_000 }), folder, undefined, {});
    expect(drafts.length).toBeGreaterThan(2);
    const save = `
import email, email.policy, sys
for path in sys.argv[1:]:
    message = email.message_from_binary_file(open(path, 'rb'), policy=email.policy.default)
    [attachment] = message.iter_attachments()
    open(attachment.get_filename(), 'wb').write(attachment.get_content())
`;
    const paths = drafts.map(({ path }) => path);
    const saved = await start('python3', ['-c', save, ...paths], { cwd: folder }).ended;
    expect(saved.code).toBe(0);
    await start('sh', ['-c', 'cat b.tar.age.00? > joined'], { cwd: folder }).ended;
    expect(readFileSync(join(folder, 'joined')).equals(content)).toBe(true);
  });
});

describe.skipIf(!hasCommand('7zz'))('volumes and 7-Zip', () => {
  test.each(['zip', '7z'])(
    'a %s that Signet splits, 7-Zip opens by its first volume',
    async (format) => {
      const { folder, content } = await bundleOf(200_000, 'document.bin');
      await start('7zz', ['a', '-mx0', `b.${format}`, 'document.bin'], { cwd: folder }).ended;
      const bundle = await openBundleFile(join(folder, `b.${format}`));
      const out = temporaryFolder();
      await writeVolumes(bundle, out, 50_000, {});
      await bundle.close();
      const run = await start('7zz', ['x', `b.${format}.001`], { cwd: out }).ended;
      expect(run.code).toBe(0);
      expect(readFileSync(join(out, 'document.bin')).equals(content)).toBe(true);
    },
  );

  test('any other file that Signet splits, 7-Zip puts together', async () => {
    const { bundle, content } = await bundleOf(200_000, 'b.tar.age');
    const out = temporaryFolder();
    await writeVolumes(bundle, out, 50_000, {});
    const run = await start('7zz', ['x', 'b.tar.age.001'], { cwd: out }).ended;
    expect(run.code).toBe(0);
    expect(readFileSync(join(out, 'b.tar.age')).equals(content)).toBe(true);
  });

  test('what 7-Zip splits, Signet puts together', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'document.bin'), Buffer.alloc(300_000, 'x'));
    await start('7zz', ['a', '-mx0', 'b.7z', 'document.bin'], { cwd: folder }).ended;
    await start('7zz', ['a', '-mx0', '-v70000b', 'v.7z', 'document.bin'], { cwd: folder }).ended;
    const file = await openVolumes(join(folder, 'v.7z.002'));
    expect(file.parts.length).toBe(5);
    expect((await collect(file.content())).byteLength).toBe(
      readFileSync(join(folder, 'b.7z')).byteLength,
    );
    await file.close();
  });
});

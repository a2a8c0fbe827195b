import { hostname, userInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../app/contract/errors.ts';
import { parseAddress } from '../../../../app/destinations/email/address.ts';
import { composeMessage, type EmailMessage } from '../../../../app/destinations/email/message.ts';
import { attached, parsed } from '../../../support/emails.ts';
import { collect, pieces } from '../../../support/streams.ts';

const CONTENT = Buffer.from(Array.from({ length: 10_000 }, (_, index) => (index * 7) % 256));

function messageWith(different: Partial<EmailMessage> = {}, name = 'b.tar.age'): EmailMessage {
  return {
    from: parseAddress('Zoë <zoe@example.test>'),
    to: [parseAddress('Ann Lee <ann@example.test>'), parseAddress('"B, ob" <bob@bücher.test>')],
    subject: 'Für Sie',
    text: 'Guten Tag,\r\n\r\nZeile zwei.\r\n',
    attachment: {
      name,
      kind: 'age',
      bytes: CONTENT.byteLength,
      content: () => pieces(CONTENT, 1000),
    },
    draft: false,
    ...different,
  };
}

async function compose(message: EmailMessage): Promise<Buffer> {
  return await collect(await composeMessage(message, []));
}

describe('an independent parser reads', () => {
  test('sender, recipients, subject, text and the attachment as they were', async () => {
    const email = await parsed(await compose(messageWith()));
    expect(email).toMatchObject({
      from: { name: 'Zoë', address: 'zoe@example.test' },
      to: [
        { name: 'Ann Lee', address: 'ann@example.test' },
        { name: 'B, ob', address: 'bob@xn--bcher-kva.test' },
      ],
      subject: 'Für Sie',
    });
    expect(email.text?.replaceAll('\r\n', '\n')).toContain('Guten Tag,\n\nZeile zwei.');
    expect(email.html).toBeUndefined();
    expect(email.attachments).toHaveLength(1);
    expect(email.attachments[0]).toMatchObject({
      filename: 'b.tar.age',
      mimeType: 'application/octet-stream',
      disposition: 'attachment',
    });
    expect(attached(email)).toEqual(CONTENT);
  });

  test.each([
    ['age', 'application/octet-stream'],
    ['zip', 'application/zip'],
    ['7z', 'application/x-7z-compressed'],
    ['html', 'text/html'],
    ['part', 'application/octet-stream'],
  ] as const)('the type of %s', async (kind, type) => {
    const { attachment } = messageWith();
    const email = await parsed(await compose(messageWith({ attachment: { ...attachment, kind } })));
    expect(email.attachments).toHaveLength(1);
    expect(email.attachments[0]).toMatchObject({ mimeType: type, disposition: 'attachment' });
    expect(attached(email)).toEqual(CONTENT);
  });

  test.each([
    'Unterlagen Zoë 履歴書 😀.zip',
    `${'lang und länger '.repeat(12)}.zip`,
    "it's; a=b, (c) 100%.zip",
  ])('the file name %s', async (name) => {
    const email = await parsed(await compose(messageWith({}, name)));
    expect(email.attachments[0]?.filename).toBe(name);
  });

  test.each([['two lines\r\nBcc: evil@example.test'], ['one\rX-Evil: 1'], ['one\nX-Evil: 1']])(
    'no header that came in with the subject %j',
    async (subject) => {
      const email = await parsed(await compose(messageWith({ subject })));
      expect(email.bcc).toBeUndefined();
      expect(email.headers.map(({ key }) => key)).not.toContain('x-evil');
    },
  );
});

describe('the message', () => {
  test('is lines of ASCII that end with CRLF and are not too long', async () => {
    const text = (await compose(messageWith())).toString('latin1');
    expect(text).not.toMatch(/[^\x20-\x7e\r\n\t]/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  test('tells nothing of this machine or of the program but what it has to', async () => {
    const message = await compose(messageWith({ from: undefined }));
    const { headers } = await parsed(message);
    expect(headers.map(({ key }) => key).sort()).toEqual([
      'content-type',
      'date',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    const value = (wanted: string): string =>
      headers.find(({ key }) => key === wanted)?.value ?? '';
    expect(value('message-id')).toMatch(/^<[0-9a-f-]{36}@signet\.invalid>$/);
    expect(value('date')).toMatch(/\+0000$/);
    const head = message.toString('latin1').slice(0, 1500).toLowerCase();
    for (const secret of ['nodemailer', `@${hostname().toLowerCase()}`, `${userInfo().username}@`])
      expect(head).not.toContain(secret);
  });

  test('is marked for sending where it is a draft, and only there', async () => {
    const draft = await parsed(await compose(messageWith({ draft: true })));
    expect(draft.headers).toContainEqual(expect.objectContaining({ key: 'x-unsent', value: '1' }));
    expect((await compose(messageWith())).includes('X-Unsent')).toBe(false);
  });

  test('needs neither sender nor recipients', async () => {
    const email = await parsed(
      await compose(messageWith({ from: undefined, to: [], draft: true })),
    );
    expect({ from: email.from, to: email.to ?? [] }).toEqual({ from: undefined, to: [] });
    expect(attached(email)).toEqual(CONTENT);
  });

  test('fails as its attachment does', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* broken(): AsyncGenerator<Uint8Array, void, undefined> {
      yield CONTENT;
      throw new AppError('bundle-unreadable', { path: '/b' });
    }
    const { attachment } = messageWith();
    await expect(
      compose(messageWith({ attachment: { ...attachment, content: broken } })),
    ).rejects.toMatchObject({ code: 'bundle-unreadable', data: { path: '/b' } });
  });

  test('that nobody reads to its end lets go of its attachment', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (;;) yield await Promise.resolve(CONTENT);
      } finally {
        closed = true;
      }
    }
    const { attachment } = messageWith();
    const stream = await composeMessage(
      messageWith({ attachment: { ...attachment, content: endless } }),
      [],
    );
    let count = 0;
    for await (const piece of stream) if (piece.byteLength > 0 && (count += 1) > 5) break;
    await expect.poll(() => closed).toBe(true);
  });
});

describe('a message with a passphrase is not built', () => {
  const PASSPHRASE = 'ability-zoom-kettle';
  const SPELT = 'Ability Zoom\r\nKettle';

  test.each([
    ['in its text', messageWith({ text: `So: ${SPELT}` })],
    ['in its subject', messageWith({ subject: SPELT })],
    ['in the name of the bundle', messageWith({}, 'ability.zoom.kettle.age')],
    ['in the name of a recipient', messageWith({ to: [{ name: SPELT, address: 'a@b.test' }] })],
    ['in an address', messageWith({ to: [{ name: '', address: 'ability.zoom.kettle@b.test' }] })],
    ['in the name of the sender', messageWith({ from: { name: SPELT, address: 'a@b.test' } })],
  ])('%s', async (_where, message) => {
    await expect(composeMessage(message, ['x-y-z', PASSPHRASE])).rejects.toMatchObject({
      code: 'email-passphrase-inside',
      data: {},
    });
  });
});

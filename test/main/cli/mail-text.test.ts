import { expect, test } from 'vitest';
import { draftsText, mailedText, outboxText, waitingText } from '../../../main/cli/mail-text.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ID = '0b7c6f1e-3a52-4a8e-9d5e-0a3f6f1e7c11';
const WAITING = {
  id: ID,
  path: `/outbox/${ID}.eml`,
  bytes: 4096,
  name: 'b\u001b[31m.zip',
  subject: 'Encrypted documents for you',
  from: 'ana@example.org',
  to: ['lee@example.org', 'kim@example.org'],
  created: new Date('2026-03-01T10:00:00Z'),
  mayHaveArrived: false,
};

function draft(name: string, to = ['lee@example.org']) {
  return { path: `/out/${name}.eml`, attachment: name, bytes: 1, subject: 'x', mailto: 'x', to };
}

/** As one line, however it was broken. */
function line(text: string): string {
  return text.replace(/\s+/g, ' ');
}

test('a draft is to be opened, and the bundle attached by hand where that does not work', () => {
  expect(line(draftsText([draft('b.zip')]))).toBe(
    'Open b.zip.eml in your mail program and send it. If it opens no drafts, attach b.zip by hand to a new message.',
  );
});

test('a draft without recipients says that they are missing', () => {
  expect(line(draftsText([draft('b.zip', [])]))).toContain('fill in who gets it, and send it');
});

test('several drafts are named by the first and the last', () => {
  const drafts = [draft('b.zip.001'), draft('b.zip.002'), draft('b.zip.003')];
  expect(line(draftsText(drafts))).toBe(
    'Open each of the 3 drafts, b.zip.001.eml to b.zip.003.eml, in your mail program and send it. If it opens no drafts, attach b.zip.001 to b.zip.003 by hand, each to a new message.',
  );
});

test('each recipient has a line with what became of the message', () => {
  const text = mailedText([
    {
      subject: 'x',
      attachment: 'b.zip',
      bytes: 2048,
      recipients: [
        { address: 'a@example.org', state: 'accepted', status: 250 },
        { address: 'longer@example.org', state: 'rejected', status: 550 },
        { address: 'b@example.org', state: 'kept' },
      ],
    },
  ]);
  expect(text.split('\n')).toEqual([
    '  b.zip, as a message of 2.0 KiB:',
    '    a@example.org       accepted by the server (SMTP 250)',
    '    longer@example.org  refused by the server (SMTP 550)',
    '    b@example.org       not sent',
  ]);
});

test('what waits comes with the command that sends it', () => {
  const message = { subject: 'x', attachment: 'b.zip', bytes: 1, recipients: [] };
  expect(waitingText([message])).toEqual([]);
  expect(waitingText([message, { ...message, waiting: ID }])).toEqual([
    '',
    '1 message is kept in the outbox. To send again:',
    `  signet outbox send --smtp URL ${ID}`,
  ]);
});

test('an empty outbox says so', () => {
  expect(outboxText([], NOW)).toBe('The outbox is empty.');
});

test('the outbox is a table with what came of the last attempt, printable', () => {
  const failed = { ...WAITING, failure: 'smtp-unreachable' as const, mayHaveArrived: true };
  const [head, one, two] = outboxText([WAITING, failed], NOW).split('\n');
  expect(head).toMatch(/^Id +Age +Size +Attachment +To +Last attempt$/);
  expect(one).toBe(`${ID}  2 h  4.0 KiB  b\\u{1b}[31m.zip  lee@example.org, kim@example.org  none`);
  expect(two).toMatch(/smtp-unreachable, may have arrived$/);
});

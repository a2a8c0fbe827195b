import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../app/contract/errors.ts';
import { sendMessage } from '../../../../app/destinations/email/smtp.ts';
import {
  accountAt,
  ENVELOPE,
  finished,
  IMPATIENT,
  messageOf,
  polite,
  refusal,
  smtpReply,
  startScripted,
  startSmtp,
  TO,
  type Script,
} from '../../../support/smtp.ts';

const HOST = '127.0.0.1';

/** A script that is polite but for one command. */
function except(command: string, reply: string | undefined): Script {
  return (line) => ((line.split(' ')[0] ?? '') === command ? reply : polite(line));
}

async function refusedBy(script: Script, message = messageOf()): Promise<unknown> {
  const server = await startScripted(script);
  return await refusal(sendMessage(accountAt(server.port), ENVELOPE, message, {}, IMPATIENT));
}

describe('credentials', () => {
  test.each([
    ['a wrong password', { kind: 'password', password: 'wrong' }],
    ['an expired token', { kind: 'oauth2', accessToken: 'expired' }],
  ] as const)('%s is refused before anything of the message is sent', async (_which, login) => {
    const server = await startSmtp();
    const account = accountAt(server.port, { login });
    expect(await refusal(sendMessage(account, ENVELOPE, messageOf(), {}))).toEqual({
      code: 'smtp-credentials',
      data: { host: HOST },
    });
    expect(server.received).toEqual([]);
  });

  test.each([
    ['MAIL', '530 5.7.0 Authentication required\r\n'],
    ['AUTH', '534 5.7.9 Please log in with your web browser\r\n'],
    ['AUTH', '504 5.5.4 Unrecognised mechanism\r\n'],
  ])('%s answered by "%s" asks for other ones', async (command, reply) => {
    expect(await refusedBy(except(command, reply))).toMatchObject({ code: 'smtp-credentials' });
  });

  test('a login server that is down for a while is busy, not refusing', async () => {
    expect(await refusedBy(except('AUTH', '454 4.7.0 Temporary failure\r\n'))).toEqual({
      code: 'smtp-busy',
      data: { host: HOST, status: 454 },
    });
  });

  test('a server that asks on and on is given up', async () => {
    let greeted = false;
    const server = await startScripted((line) => {
      const reply = greeted && !line.startsWith('EHLO') ? '334 e30=\r\n' : polite(line);
      greeted = true;
      return reply;
    });
    const account = accountAt(server.port, { login: { kind: 'oauth2', accessToken: 'token' } });
    expect(await refusal(sendMessage(account, ENVELOPE, messageOf(), {}, IMPATIENT))).toEqual({
      code: 'smtp-unreachable',
      data: { host: HOST },
    });
    expect(server.messageBytes()).toBe(0);
  });
});

describe('size', () => {
  test('a limit that the server announces is kept before it hears of sender or message', async () => {
    const heard: string[] = [];
    const server = await startSmtp({
      size: 10_000,
      onMailFrom: ({ address }, _session, callback) => {
        heard.push(address);
        callback(null);
      },
    });
    const sending = sendMessage(accountAt(server.port), ENVELOPE, messageOf(20_000), {});
    expect(await refusal(sending)).toEqual({
      code: 'smtp-too-large',
      data: { host: HOST, limit: 10_000 },
    });
    expect({ heard, logins: server.logins }).toEqual({ heard: [], logins: [] });
  });

  test('a message that fits is not kept back', async () => {
    const server = await startSmtp({ size: 10_000 });
    await sendMessage(accountAt(server.port), ENVELOPE, messageOf(5000), {});
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ['MAIL', '552 5.3.4 Message size exceeds fixed limit\r\n'],
    ['DATA', '552 5.2.3 Message length exceeds limit\r\n'],
    ['.', '552 5.3.4 Message size exceeds fixed limit\r\n'],
    ['.', '523 5.3.4 Message too large\r\n'],
    ['.', '550 5.3.4 Message too big for system\r\n'],
  ])('%s answered by "%s" means too large', async (command, reply) => {
    expect(await refusedBy(except(command, reply))).toEqual({
      code: 'smtp-too-large',
      data: { host: HOST },
    });
  });

  test('a full mailbox is no matter of size', async () => {
    expect(await refusedBy(except('RCPT', '552 5.2.2 Mailbox full\r\n'))).toEqual({
      code: 'smtp-no-recipient',
      data: { host: HOST, addresses: TO },
    });
  });
});

describe('a server that will not', () => {
  test.each([
    ['', '554 5.7.1 Go away\r\n', 554],
    ['MAIL', '553 5.1.8 Not your address\r\n', 553],
    ['DATA', '554 5.5.0 No\r\n', 554],
    ['.', '554 5.7.1 Spam\r\n', 554],
  ])('"%s" answered by "%s" is a refusal', async (command, reply, status) => {
    expect(await refusedBy(except(command, reply))).toEqual({
      code: 'smtp-refused',
      data: { host: HOST, status },
    });
  });

  test.each([
    ['', '421 4.3.2 Too busy\r\n', 421],
    ['EHLO', '421 4.3.2 Closing\r\n', 421],
    ['MAIL', '451 4.3.0 Try again\r\n', 451],
    ['RCPT', '450 4.2.0 Greylisted\r\n', 450],
    ['.', '452 4.3.1 No space\r\n', 452],
    ['.', '421 4.3.0 Closing\r\n', 421],
  ])('"%s" answered by "%s" is for now', async (command, reply, status) => {
    expect(await refusedBy(except(command, reply))).toEqual({
      code: 'smtp-busy',
      data: { host: HOST, status },
    });
  });

  test('all recipients refused are named', async () => {
    const server = await startSmtp({
      onRcptTo: (_address, _session, callback) => {
        callback(smtpReply(550, '5.1.1 No such user'));
      },
    });
    expect(await refusal(sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {}))).toEqual({
      code: 'smtp-no-recipient',
      data: { host: HOST, addresses: TO },
    });
  });

  test('what it says about itself gets into no error', async () => {
    const evil = 'evil\u001b[31m text';
    const error = await sendMessage(
      accountAt((await startScripted(except('MAIL', `550 5.0.0 ${evil}\r\n`))).port),
      ENVELOPE,
      messageOf(),
      {},
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(JSON.stringify([(error as AppError).data, (error as AppError).message])).not.toContain(
      'evil',
    );
  });
});

describe('a connection that breaks', () => {
  test.each(['', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'])(
    'after "%s": it did not arrive',
    async (command) => {
      expect(await refusedBy(except(command, undefined))).toEqual({
        code: 'smtp-unreachable',
        data: { host: HOST },
      });
    },
  );

  test('after the whole message: it may have arrived', async () => {
    expect(await refusedBy(except('.', undefined))).toEqual({
      code: 'smtp-unreachable',
      data: { host: HOST, mayHaveArrived: true },
    });
  });

  test.each(['', 'EHLO', 'AUTH', 'MAIL', 'DATA'])('silence after "%s" ends', async (command) => {
    expect(await refusedBy(except(command, ''))).toEqual({
      code: 'smtp-unreachable',
      data: { host: HOST },
    });
  });

  test('silence after the whole message ends, too, and it may have arrived', async () => {
    expect(await refusedBy(except('.', ''))).toEqual({
      code: 'smtp-unreachable',
      data: { host: HOST, mayHaveArrived: true },
    });
  });

  test('nobody listens', async () => {
    const account = accountAt(1);
    expect(await refusal(sendMessage(account, ENVELOPE, messageOf(), {}, IMPATIENT))).toEqual({
      code: 'smtp-unreachable',
      data: { host: HOST },
    });
  });

  test('nobody has that name', async () => {
    const account = accountAt(465, { host: 'nowhere.invalid' });
    expect(await refusal(sendMessage(account, ENVELOPE, messageOf(), {}, IMPATIENT))).toEqual({
      code: 'smtp-unreachable',
      data: { host: 'nowhere.invalid' },
    });
  });
});

describe('a hostile server', () => {
  test.each([
    ['a line without an end', '', `220 ${'x'.repeat(200_000)}`],
    ['a reply without an end', 'EHLO', '250-more\r\n'.repeat(20_000)],
  ])('%s is cut off', async (_what, command, reply) => {
    expect(await refusedBy(except(command, reply))).toEqual({
      code: 'smtp-refused',
      data: { host: HOST },
    });
  });

  test.each([
    ['no SMTP at all', '', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['bytes that are no text', '', '\0\0\xff\xfe\r\n'],
  ])('%s is a refusal', async (_what, command, reply) => {
    const refused = (await refusedBy(except(command, reply))) as { code: string };
    expect(refused.code).toBe('smtp-refused');
  });

  test('an acceptance before the end of the message is not believed', async () => {
    const early = except('DATA', '354 Go ahead\r\n250 2.0.0 Queued already\r\n');
    expect(await refusedBy(early, messageOf(8_000_000))).toMatchObject({ code: 'smtp-refused' });
  });

  test('CRLF in addresses never comes as far as a connection', async () => {
    const server = await startScripted(polite);
    const to = ['a@example.test>\r\nRCPT TO:<b@example.test'];
    await refusal(sendMessage(accountAt(server.port), { ...ENVELOPE, to }, messageOf(), {}));
    expect(server.heard.join('\n')).not.toContain('b@example.test');
  });
});

describe('on our side', () => {
  test('a stored message that became shorter is not ended as if it were whole', async () => {
    const server = await startScripted(polite);
    const short = finished(Buffer.from('Subject: x\r\n\r\nhalf'), 5000);
    expect(await refusal(sendMessage(accountAt(server.port), ENVELOPE, short, {}))).toMatchObject({
      code: 'bundle-unreadable',
    });
    expect(server.heard).not.toContain('.');
  });

  test.each([
    ['before it starts', ''],
    ['while the server is asked', 'EHLO'],
    ['at the login', 'AUTH'],
    ['at the envelope', 'RCPT'],
    ['after the whole message', '.'],
  ])('cancelled %s, the connection is closed', async (_when, command) => {
    const stop = new AbortController();
    const server = await startScripted((line) => {
      if ((line.split(' ')[0] ?? '') !== command) return polite(line);
      stop.abort();
      return '';
    });
    const job = { signal: stop.signal };
    const sending = sendMessage(accountAt(server.port), ENVELOPE, messageOf(), job);
    expect(await refusal(sending)).toEqual({ code: 'cancelled', data: {} });
  });

  test('cancelled in the middle of the message, the rest is not sent', async () => {
    const server = await startSmtp();
    const stop = new AbortController();
    const onProgress = ({ bytes }: { bytes: number }): void => {
      if (bytes > 1_000_000) stop.abort();
    };
    const job = { signal: stop.signal, onProgress };
    const sending = sendMessage(accountAt(server.port), ENVELOPE, messageOf(8_000_000), job);
    expect(await refusal(sending)).toEqual({ code: 'cancelled', data: {} });
    await expect.poll(() => server.connections()).toBe(0);
    expect(server.received).toEqual([]);
  });

  test.each([
    ['host', { host: '' }],
    ['host', { host: 'mail.example\r\nQUIT' }],
    ['host', { host: 'mail..example' }],
    ['port', { port: 0 }],
    ['port', { port: 465.5 }],
    ['user', { user: '' }],
    ['user', { user: 'a\0b' }],
    ['from', { from: 'nobody' }],
  ] as const)('an account with a bad %s is refused: %o', async (field, different) => {
    const sending = sendMessage(accountAt(465, different), ENVELOPE, messageOf(), {});
    expect(await refusal(sending)).toEqual({ code: 'email-account-invalid', data: { field } });
  });
});

import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../../app/contract/job.ts';
import { sendMessage, type RecipientResult } from '../../../../app/destinations/email/smtp.ts';
import { makeCertificate } from '../../../support/certificates.ts';
import {
  accountAt,
  CERTIFICATE,
  ENVELOPE,
  IMPATIENT,
  messageOf,
  polite,
  refusal,
  smtpReply,
  startScripted,
  startSmtp,
  TO,
  TOKEN,
  USER,
} from '../../../support/smtp.ts';
import { collect } from '../../../support/streams.ts';

const HOST = '127.0.0.1';
const ACCEPTED: RecipientResult[] = TO.map((address) => ({
  address,
  state: 'accepted',
  status: 250,
}));

describe('a message is sent', () => {
  test('over TLS from the start, byte for byte, and says what became of each recipient', async () => {
    const server = await startSmtp();
    const message = messageOf(200_000);
    expect(await sendMessage(accountAt(server.port), ENVELOPE, message, {})).toEqual(ACCEPTED);
    const [received] = server.received;
    expect(received).toMatchObject({ from: USER, to: TO });
    expect(received?.message.toString('latin1').trimEnd()).toBe(
      (await collect(message.content())).toString('latin1'),
    );
    expect(server.logins).toEqual(['PLAIN']);
  });

  test('over STARTTLS', async () => {
    const server = await startSmtp({ secure: false });
    const account = accountAt(server.port, { security: 'starttls' });
    expect(await sendMessage(account, ENVELOPE, messageOf(), {})).toEqual(ACCEPTED);
    expect(server.received).toHaveLength(1);
  });

  test('with an OAuth2 access token', async () => {
    const server = await startSmtp();
    const account = accountAt(server.port, { login: { kind: 'oauth2', accessToken: TOKEN } });
    expect(await sendMessage(account, ENVELOPE, messageOf(), {})).toEqual(ACCEPTED);
    expect(server.logins).toEqual(['XOAUTH2']);
  });

  test('to a server that is found by name', async () => {
    const server = await startSmtp();
    const account = accountAt(server.port, { host: 'localhost' });
    expect(await sendMessage(account, ENVELOPE, messageOf(), {})).toEqual(ACCEPTED);
  });

  test('without the name of this machine', async () => {
    const server = await startSmtp();
    await sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {});
    expect(server.greetings).toEqual(['[127.0.0.1]']);
    expect(server.greetings.join()).not.toContain(hostname());
  });

  test('reporting its progress up to the last byte', async () => {
    const server = await startSmtp();
    const heard: Progress[] = [];
    const message = messageOf(500_000);
    const onProgress = (progress: Progress): void => void heard.push(progress);
    await sendMessage(accountAt(server.port), ENVELOPE, message, { onProgress });
    expect(heard.length).toBeGreaterThan(10);
    expect(heard.map(({ bytes }) => bytes)).toEqual(
      heard.map(({ bytes }) => bytes).sort((a, b) => a - b),
    );
    expect(heard.at(-1)).toEqual({ stage: 'upload', bytes: message.bytes, total: message.bytes });
  });

  test('and leaves no connection behind', async () => {
    const server = await startSmtp();
    await sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {});
    await expect.poll(() => server.connections()).toBe(0);
  });

  test('even when the server never answers the goodbye', async () => {
    const server = await startScripted((line) => (line === 'QUIT' ? '' : polite(line)));
    expect(await sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {})).toEqual(ACCEPTED);
  });

  test('one of two recipients refused: the other gets it', async () => {
    const server = await startSmtp({
      onRcptTo: ({ address }, _session, callback) => {
        callback(address === TO[0] ? smtpReply(550, '5.1.1 No such user') : null);
      },
    });
    expect(await sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {})).toEqual([
      { address: TO[0], state: 'rejected', status: 550 },
      { address: TO[1], state: 'accepted', status: 250 },
    ]);
    expect(server.received[0]?.to).toEqual([TO[1]]);
  });
});

describe('encryption is not optional', () => {
  test('a server without STARTTLS hears no credentials and nothing of the message', async () => {
    const server = await startSmtp({ secure: false, disabledCommands: ['STARTTLS'] });
    const account = accountAt(server.port, { security: 'starttls' });
    expect(await refusal(sendMessage(account, ENVELOPE, messageOf(), {}))).toEqual({
      code: 'smtp-no-tls',
      data: { host: HOST },
    });
    expect({ logins: server.logins, received: server.received }).toEqual({
      logins: [],
      received: [],
    });
  });

  test.each([
    ['hides the offer and refuses the command', '502 5.5.1 Not here\r\n'],
    ['answers that TLS is out of order for now', '454 4.7.0 TLS not available\r\n'],
  ])('somebody on the way who %s hears only EHLO and STARTTLS', async (_who, reply) => {
    const server = await startScripted(
      (line) => (line === 'STARTTLS' ? reply : polite(line)),
      'none',
    );
    const account = accountAt(server.port, { security: 'starttls' });
    expect((await refusal(sendMessage(account, ENVELOPE, messageOf(), {}, IMPATIENT))).code).toBe(
      'smtp-no-tls',
    );
    expect(server.heard).toEqual(['EHLO [127.0.0.1]', 'STARTTLS']);
  });

  test('somebody on the way who lets only HELO through hears no more than EHLO', async () => {
    const server = await startScripted(
      (line) => (line.startsWith('EHLO') ? '502 5.5.2 What?\r\n' : polite(line)),
      'none',
    );
    const account = accountAt(server.port, { security: 'starttls' });
    expect((await refusal(sendMessage(account, ENVELOPE, messageOf(), {}, IMPATIENT))).code).toBe(
      'smtp-no-tls',
    );
    expect(server.heard).toEqual(['EHLO [127.0.0.1]']);
  });

  test('answers that somebody put in front of the encryption are not believed', async () => {
    const server = await startScripted(
      (line) =>
        line === 'STARTTLS'
          ? '220 2.0.0 Ready\r\n250-mail\r\n250 AUTH PLAIN\r\n235 2.7.0 Accepted\r\n'
          : polite(line),
      'none',
    );
    const account = accountAt(server.port, { security: 'starttls' });
    const { code } = await refusal(sendMessage(account, ENVELOPE, messageOf(), {}, IMPATIENT));
    expect(['smtp-no-tls', 'smtp-unreachable']).toContain(code);
    expect(server.heard.slice(0, 2)).toEqual(['EHLO [127.0.0.1]', 'STARTTLS']);
    expect(server.heard.join()).not.toMatch(/AUTH|MAIL/);
  });

  test('a server that speaks no TLS where it should from the start is refused', async () => {
    const server = await startScripted(polite, 'none');
    expect(
      (await refusal(sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {}))).code,
    ).toBe('smtp-no-tls');
  });

  test('TLS 1.1 is refused', async () => {
    const server = await startSmtp({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect(
      (await refusal(sendMessage(accountAt(server.port), ENVELOPE, messageOf(), {}))).code,
    ).toBe('smtp-no-tls');
    expect(server.logins).toEqual([]);
  });

  test.each([
    ['that nobody vouches for', CERTIFICATE, undefined],
    ['for another name', makeCertificate(['mail.example.test']), 'own'],
    ['that is no longer valid', makeCertificate([HOST], [-3, -1]), 'own'],
    ['that is not valid yet', makeCertificate([HOST], [1, 3]), 'own'],
  ])('a certificate %s is refused, from the start and on STARTTLS', async (_which, own, ca) => {
    for (const security of ['tls', 'starttls'] as const) {
      const server = await startSmtp({ ...own, secure: security === 'tls' });
      const account = accountAt(server.port, {
        security,
        ca: ca === undefined ? undefined : own.cert,
      });
      expect(await refusal(sendMessage(account, ENVELOPE, messageOf(), {}))).toEqual({
        code: 'smtp-untrusted',
        data: { host: HOST },
      });
      expect(server.logins).toEqual([]);
    }
  });

  test('even where the environment says that certificates need not be checked', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const server = await startSmtp();
      const account = accountAt(server.port, { ca: undefined });
      expect((await refusal(sendMessage(account, ENVELOPE, messageOf(), {}))).code).toBe(
        'smtp-untrusted',
      );
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });
});

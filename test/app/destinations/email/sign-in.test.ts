import { describe, expect, test } from 'vitest';
import { signIn } from '../../../../app/destinations/email/smtp.ts';
import {
  accountAt,
  IMPATIENT,
  polite,
  refusal,
  startScripted,
  startSmtp,
} from '../../../support/smtp.ts';

describe('signing in', () => {
  test('says hello, who it is and goodbye, and sends nothing', async () => {
    const server = await startScripted(polite);
    await signIn(accountAt(server.port), {}, IMPATIENT);
    expect(server.heard.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'AUTH', 'QUIT']);
  });

  test('with a wrong password is refused', async () => {
    const server = await startSmtp();
    const login = { kind: 'password', password: 'wrong' } as const;
    expect(await refusal(signIn(accountAt(server.port, { login }), {}))).toEqual({
      code: 'smtp-credentials',
      data: { host: '127.0.0.1' },
    });
  });

  test('without encryption is not tried', async () => {
    const server = await startScripted(
      (line) => (line === 'STARTTLS' ? '502 5.5.1 Not here\r\n' : polite(line)),
      'none',
    );
    const account = accountAt(server.port, { security: 'starttls' });
    expect((await refusal(signIn(account, {}, IMPATIENT))).code).toBe('smtp-no-tls');
    expect(server.heard).toEqual(['EHLO [127.0.0.1]', 'STARTTLS']);
  });

  test('can be cancelled', async () => {
    const stop = new AbortController();
    const server = await startScripted((line) => {
      if (!line.startsWith('AUTH')) return polite(line);
      stop.abort();
      return '';
    });
    expect(await refusal(signIn(accountAt(server.port), { signal: stop.signal }))).toEqual({
      code: 'cancelled',
      data: {},
    });
  });
});

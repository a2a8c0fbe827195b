import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { KeychainAnswer, KeychainRequest } from '../../../main/node/secrets.ts';

/* A keychain in a file, for what lies round the real one. PRETENDS says what is wrong with it. */
const file = process.env['KEYCHAIN_FILE'] ?? '';
const kept = (
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { secrets: {}, argv: [] }
) as { secrets: Record<string, string>; argv: string[] };

function answerTo(request: KeychainRequest): KeychainAnswer {
  kept.argv.push(...process.argv.slice(2));
  const { secrets } = kept;
  switch (request.task) {
    case 'probe':
      return { ok: true, secret: process.env['PRETENDS'] === 'forgetful' ? null : request.secret };
    case 'write':
      secrets[request.name] = request.secret;
      return { ok: process.env['PRETENDS'] !== 'full', secret: null };
    case 'read':
      if (process.env['PRETENDS'] === 'locked') return { ok: false };
      return { ok: true, secret: secrets[request.name] ?? null };
    case 'remove':
      if (process.env['PRETENDS'] === 'locked') return { ok: false };
      kept.secrets = Object.fromEntries(
        Object.entries(secrets).filter(([name]) => name !== request.name),
      );
      return { ok: true, secret: null };
  }
}

process.once('message', (request: KeychainRequest) => {
  const answer = answerTo(request);
  writeFileSync(file, JSON.stringify(kept));
  process.send?.(answer, undefined, undefined, () => {
    process.exit();
  });
});

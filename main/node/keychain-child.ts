import { AsyncEntry } from '@napi-rs/keyring';
import type { KeychainAnswer, KeychainRequest } from './secrets.ts';

/*
 * One errand to the keychain, in a process of its own: on Linux merely making an entry talks to the desktop's message bus, and where
 * that never answers, the thread hangs where nothing but the end of the process reaches it.
 */
process.once('message', (request: KeychainRequest) => {
  carryOut(request).then(answer, () => {
    answer({ ok: false });
  });
});
// Whoever asked has gone.
process.once('disconnect', () => {
  process.exit();
});

function answer(message: KeychainAnswer): void {
  process.send?.(message, undefined, undefined, () => {
    process.exit();
  });
}

async function carryOut(request: KeychainRequest): Promise<KeychainAnswer> {
  // Without this Linux falls back on the kernel's keyring, which forgets everything when the machine is switched off.
  const entry = new AsyncEntry(request.service, request.name, {
    linux: { store: 'secret-service' },
  });
  switch (request.task) {
    case 'read':
      return { ok: true, secret: await entry.getPassword() };
    case 'write':
      await entry.setPassword(request.secret);
      return { ok: true, secret: null };
    case 'remove':
      await entry.deletePassword();
      return { ok: true, secret: null };
    case 'probe':
      await entry.setPassword(request.secret);
      try {
        return { ok: true, secret: await entry.getPassword() };
      } finally {
        await entry.deletePassword();
      }
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGivenPassphrase } from '../../../main/cli/secrets.ts';
import { UsageError } from '../../../main/cli/usage-error.ts';
import { temporaryFolder } from '../../support/temporary.ts';

function passphraseFile(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'secret.txt');
  writeFileSync(path, content);
  return path;
}

test.each([
  ['without a line break', 'correct horse', 'correct horse'],
  ['with a line break', 'correct horse\n', 'correct horse'],
  ['with a line break of Windows', 'correct horse\r\n', 'correct horse'],
  ['with the mark that Windows puts first', '\ufeffcorrect horse\n', 'correct horse'],
  ['with spaces at its ends', '  correct horse  \n', '  correct horse  '],
  ['of two lines', 'correct\nhorse\n', 'correct\nhorse'],
  ['that ends with an empty line', 'correct horse\n\n', 'correct horse\n'],
  ['beyond ASCII', 'Zoë 履歴書\n', 'Zoë 履歴書'],
  ['that is empty', '', ''],
])('a passphrase file %s gives what was meant', async (_what, content, passphrase) => {
  expect(await readGivenPassphrase({ passphraseFile: passphraseFile(content) })).toBe(passphrase);
});

test('where no source was named there is no passphrase', async () => {
  expect(await readGivenPassphrase({})).toBeUndefined();
});

test.each([
  ['a text of Windows in UTF-16', Buffer.from('\ufeffsecret', 'utf16le')],
  ['a photograph', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
  ['a file of more than 64 KiB', Buffer.alloc(64 * 1024 + 1, 'a')],
])('%s is not taken for a passphrase, and the error does not repeat it', async (_what, content) => {
  const failure: unknown = await readGivenPassphrase({
    passphraseFile: passphraseFile(content),
  }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect(String(failure)).not.toMatch(/secret|aaaa/);
});

test('a passphrase file that cannot be read is named', async () => {
  await expect(readGivenPassphrase({ passphraseFile: '/nonexistent/secret.txt' })).rejects.toThrow(
    "The passphrase file '/nonexistent/secret.txt' cannot be read.",
  );
});

test('a passphrase has one source', async () => {
  await expect(
    readGivenPassphrase({ passphraseFile: passphraseFile('a'), passphraseStdin: true }),
  ).rejects.toThrow(UsageError);
});

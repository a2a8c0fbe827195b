import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeyFile, readKeyFile } from '../../app/key-files.ts';
import { stateOf } from '../support/folder-state.ts';
import { temporaryFolder } from '../support/temporary.ts';

test.each([
  ['x25519', 'AGE-SECRET-KEY-1', 'age1'],
  ['hybrid', 'AGE-SECRET-KEY-PQ-1', 'age1pq1'],
] as const)('a %s key file is for its owner alone and is read back', async (kind, secret, open) => {
  const folder = temporaryFolder();
  const path = join(folder, 'my.key');
  const { recipient, ...rest } = await createKeyFile(kind, path);
  expect(rest).toEqual({ path });
  expect(recipient.startsWith(open)).toBe(true);
  expect(readdirSync(folder)).toEqual(['my.key']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const [pair, ...others] = await readKeyFile(path);
  expect(others).toEqual([]);
  expect(pair?.recipient).toBe(recipient);
  expect(pair?.identity.startsWith(secret)).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(
    `# created: ${/created: (.*)/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''}\n# public key: ${recipient}\n${pair?.identity ?? ''}\n`,
  );
});

test('a key file is never replaced', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'my.key');
  writeFileSync(path, 'precious');
  const before = stateOf(folder);
  await expect(createKeyFile('x25519', path)).rejects.toMatchObject({
    code: 'output-exists',
    data: { path },
  });
  expect(stateOf(folder)).toEqual(before);
});

test('a folder that is missing is not made', async () => {
  const folder = temporaryFolder();
  await expect(createKeyFile('x25519', join(folder, 'missing/my.key'))).rejects.toMatchObject({
    code: 'output-missing',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a key file with several keys and comments gives them all, in order', async () => {
  const folder = temporaryFolder();
  await createKeyFile('x25519', join(folder, 'a'));
  await createKeyFile('hybrid', join(folder, 'b'));
  const path = join(folder, 'both');
  const texts = ['a', 'b'].map((name) => readFileSync(join(folder, name), 'utf8'));
  writeFileSync(path, `\n# mine\r\n${texts.join('\n\n').replaceAll('\n', '\r\n')}`);
  const singles = await Promise.all(['a', 'b'].map((name) => readKeyFile(join(folder, name))));
  expect(await readKeyFile(path)).toEqual(singles.flat());
});

test('a file without a key, with a broken one, or none at all is refused without quoting it', async () => {
  const folder = temporaryFolder();
  await createKeyFile('x25519', join(folder, 'good'));
  const secret = readFileSync(join(folder, 'good'), 'utf8').split('\n')[2] ?? '';
  const typo = `${secret.slice(0, -1)}${secret.endsWith('Q') ? 'P' : 'Q'}`;
  for (const content of ['', '# only a comment\n', 'hello\n', typo]) {
    const path = join(folder, 'bad');
    writeFileSync(path, content);
    const error: unknown = await readKeyFile(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'identity-invalid', data: { path } });
    expect(JSON.stringify(error)).not.toContain(typo.slice(20, 40));
  }
  for (const path of [join(folder, 'missing'), folder])
    await expect(readKeyFile(path)).rejects.toMatchObject({
      code: 'identity-invalid',
      data: { path },
    });
});

test('a file that is too large for identities is not read to its end', async () => {
  const path = join(temporaryFolder(), 'film.mp4');
  writeFileSync(path, '#'.repeat(2 * 1024 * 1024));
  await expect(readKeyFile(path)).rejects.toMatchObject({ code: 'identity-invalid' });
  await expect(readKeyFile('/dev/zero')).rejects.toMatchObject({ code: 'identity-invalid' });
});

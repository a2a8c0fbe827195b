import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, start } from '../../support/cli.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';

/** An age file whose passphrase takes 4 GiB to try, and never fits. */
function costlyBundle(): Buffer {
  const random = (bytes: number): string =>
    randomBytes(bytes).toString('base64').replace(/=+$/, '');
  const header = `age-encryption.org/v1\n-> scrypt ${random(16)} 22\n${random(32)}\n--- ${random(32)}\n`;
  return Buffer.concat([Buffer.from(header), randomBytes(64)]);
}

test.runIf(process.platform === 'linux')(
  'a bundle that asks for more memory than there is says so, and is not called damaged',
  async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'costly.age'), costlyBundle());
    writeFileSync(join(cwd, 'passphrase.txt'), 'any', { mode: 0o600 });
    // Three gigabytes of addresses are enough for Node.js itself.
    const command = `ulimit -v 3000000; exec "${process.execPath}" "${PROGRAM}" open costly.age -d out --passphrase-file passphrase.txt --json`;
    const { code, stdout } = await start('sh', ['-c', command], { cwd }).ended;
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not-enough-memory' } });
    expect(code).toBe(1);
    expect(await namesIn(cwd)).toEqual(['costly.age', 'passphrase.txt']);
  },
);

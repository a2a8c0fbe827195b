import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../app/app.ts';
import type { FormatId } from '../../app/contract/formats.ts';
import { PROJECT, start, type Run } from '../support/cli.ts';
import { hasCommand } from '../support/peers.ts';
import { hasTerminal, inTerminal } from '../support/pty.ts';
import { namesIn } from '../support/temporary.ts';
import { CONTENTS, workspace } from '../support/workspace.ts';

const PAGE = readFileSync(join(PROJECT, 'docs/recipients.md'), 'utf8');
const PASSPHRASE = 'clambake-pretended-deface-sapling-finishing-zombie-endocrine-pulp';

/** A line of the page that is sent to recipients, for a bundle of another name. */
function line(words: string): string {
  expect(PAGE).toContain(`\n${words}\n`);
  return words.replaceAll('bundle-x7k2mq', '../bundle');
}

/** A folder to unpack in, beside the bundle. */
async function withBundle(format: FormatId, hideNames = false): Promise<string> {
  const folder = workspace();
  await createApp({ logN: 4 }).seal(
    {
      paths: Object.keys(CONTENTS).map((name) => join(folder, name)),
      format,
      hideNames,
      lock: { kind: 'own', passphrase: PASSPHRASE },
    },
    { path: join(folder, format === 'age' ? 'bundle.tar.age' : `bundle.${format}`) },
  );
  const out = join(folder, 'out');
  await shell('mkdir out', folder);
  return out;
}

function shell(command: string, cwd: string): Promise<Run> {
  return start('bash', ['-c', `set -o pipefail; ${command}`], { cwd }).ended;
}

/** Runs a line and answers when it asks for the passphrase. */
async function asked(command: string, prompt: string, cwd: string): Promise<void> {
  const { code, stdout, stderr } = await shell(`echo ${PASSPHRASE} | ${command}`, cwd);
  expect(stdout + stderr).toContain(prompt);
  expect(code, stdout + stderr).toBe(0);
}

/** The same for age, which asks on a terminal only. */
async function askedOnTerminal(command: string, prompt: string, cwd: string): Promise<void> {
  const terminal = inTerminal('bash', ['-c', `set -o pipefail; ${command}`], { cwd });
  await terminal.shows(prompt);
  terminal.type(`${PASSPHRASE}\r`);
  const { code, stdout } = await terminal.ended;
  expect(code, stdout).toBe(0);
}

async function expectDocuments(folder: string): Promise<void> {
  for (const [name, content] of Object.entries(CONTENTS))
    expect(readFileSync(join(folder, name))).toEqual(Buffer.from(content));
  const checked = await shell(line('sha256sum -c SHA256SUMS'), folder);
  expect({ code: checked.code, stderr: checked.stderr }).toEqual({ code: 0, stderr: '' });
}

describe.skipIf(!hasTerminal)(
  'the page for recipients is right: what it says to type opens',
  () => {
    test.skipIf(!hasCommand('7zz'))('a ZIP with 7-Zip', async () => {
      const out = await withBundle('zip');
      await asked(line('7zz x bundle-x7k2mq.zip'), 'Enter password', out);
      await expectDocuments(out);
    });

    test.skipIf(!hasCommand('7zz'))(
      'a ZIP with hidden names, whose inner ZIP asks for nothing',
      async () => {
        const out = await withBundle('zip', true);
        await asked(line('7zz x bundle-x7k2mq.zip'), 'Enter password', out);
        expect(await namesIn(out)).toEqual(['documents.zip']);
        expect((await shell('7zz x documents.zip', out)).code).toBe(0);
        await expectDocuments(out);
      },
    );

    test.skipIf(!hasCommand('bsdtar'))('a ZIP with bsdtar', async () => {
      const out = await withBundle('zip');
      await asked(line('bsdtar -xf bundle-x7k2mq.zip'), 'Enter passphrase', out);
      await expectDocuments(out);
    });

    test.skipIf(!hasCommand('7zz'))('a 7z with 7-Zip', async () => {
      const out = await withBundle('7z');
      await asked(line('7zz x bundle-x7k2mq.7z'), 'Enter password', out);
      await expectDocuments(out);
    });

    test.skipIf(!hasTerminal || !hasCommand('age'))('an age bundle with age and tar', async () => {
      const out = await withBundle('age');
      await askedOnTerminal(
        line('age -d bundle-x7k2mq.tar.age | tar xf -'),
        'Enter passphrase',
        out,
      );
      await expectDocuments(out);
    });

    test.skipIf(!hasCommand('7zz'))('parts, from the first or joined', async () => {
      const out = await withBundle('zip');
      await shell('split -b 100000 -d -a 3 --numeric-suffixes=1 ../bundle.zip ../bundle.zip.', out);
      await shell('mv ../bundle.zip ../whole.zip', out);
      await asked('7zz x ../bundle.zip.001', 'Enter password', out);
      await expectDocuments(out);
      const joining = line('cat bundle-x7k2mq.zip.??? > bundle-x7k2mq.zip');
      expect((await shell(`${joining} && cmp ../bundle.zip ../whole.zip`, out)).code).toBe(0);
    });
  },
);

describe('the page for recipients is right: what it says does not open', () => {
  test.skipIf(!hasCommand('bsdtar'))('a 7z with bsdtar', async () => {
    const out = await withBundle('7z');
    const run = await shell(`bsdtar --passphrase ${PASSPHRASE} -xf ../bundle.7z`, out);
    expect(run.code).not.toBe(0);
    expect(await namesIn(out)).toEqual([]);
  });

  test.skipIf(!hasCommand('unzip'))(
    'a ZIP with unzip, in the words that the page explains',
    async () => {
      const out = await withBundle('zip');
      const run = await shell(`unzip -P ${PASSPHRASE} ../bundle.zip`, out);
      expect(run.code).not.toBe(0);
      expect(run.stdout + run.stderr).toContain('need PK compat. v5.1');
      expect(PAGE).toContain('need PK compat. v5.1');
      expect(await namesIn(out)).toEqual([]);
    },
  );
});

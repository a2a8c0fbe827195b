import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signet } from '../../support/cli.ts';
import { stateOf } from '../../support/folder-state.ts';
import { hasTerminal, inTerminal, signetInTerminal } from '../../support/pty.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { OTHER_PASSPHRASE, PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

const ENTER = '\r';
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const ERASE_LINE = '\r\u001b[2K';
const OPEN = ['open', 'b.age', '-d', 'out'];

async function withBundle(): Promise<string> {
  const cwd = workspace();
  await sealIn(cwd, 'b.age', { passphrase: true });
  return cwd;
}

describe.skipIf(!hasTerminal)('on a terminal', () => {
  test('what is typed where nobody hides it is shown, so that the other tests mean something', async () => {
    const terminal = inTerminal('cat', []);
    terminal.type(`visible${ENTER}`);
    await terminal.shows('visible\r\nvisible');
    terminal.type(CTRL_D);
    expect((await terminal.ended).code).toBe(0);
  });

  test('open asks for the passphrase and does not show it', async () => {
    const cwd = await withBundle();
    const terminal = signetInTerminal(OPEN, { cwd });
    await terminal.shows('Passphrase: ');
    terminal.type(`${PASSPHRASE}${ENTER}`);
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Restored 2 documents');
    for (const word of PASSPHRASE.split('-')) expect(stdout).not.toContain(word);
  });

  test.each([
    ['by Enter', [`clambake-pretended-${ENTER}deface-sapling-finishing-zombie${ENTER}`]],
    ['with an empty line, too', [`${PASSPHRASE}${ENTER}${ENTER}`]],
    [
      'and then completed by Enter',
      [`clambake-pretended-${ENTER}deface-sapling-finishing-`, `zombie${ENTER}`],
    ],
  ])('a passphrase that is pasted in lines is one answer, ended %s', async (_how, pastes) => {
    const terminal = signetInTerminal(OPEN, { cwd: await withBundle() });
    await terminal.shows('Passphrase: ');
    for (const paste of pastes) terminal.type(paste);
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain('That is not the passphrase.');
    for (const word of PASSPHRASE.split('-')) expect(stdout).not.toContain(word);
  });

  test('Ctrl-C behind a pasted line ends with 6, and the line is no answer', async () => {
    const terminal = signetInTerminal(OPEN, { cwd: await withBundle() });
    await terminal.shows('Passphrase: ');
    terminal.type(`${PASSPHRASE}${ENTER}${CTRL_C}`);
    expect((await terminal.ended).code).toBe(6);
  });

  test('a mistyped word is asked for again with the words nearest to it', async () => {
    const terminal = signetInTerminal(OPEN, { cwd: await withBundle() });
    await terminal.shows('Passphrase: ');
    terminal.type(`${PASSPHRASE.replace('zombie', 'zombi')}${ENTER}`);
    await terminal.shows('That is not the passphrase.');
    await terminal.shows("'zombi' is not on the word list: zombie");
    await terminal.shows('Passphrase: ');
    terminal.type(`${PASSPHRASE.toUpperCase().replaceAll('-', ' ')}${ENTER}`);
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain('clambake');
    // The question stands on a line of its own, whatever progress was shown before.
    expect(stdout).toContain(`Preparing the key${ERASE_LINE}That is not the passphrase.\r\n`);
  });

  test('a passphrase that somebody made up is not shown in the name of help', async () => {
    const terminal = signetInTerminal(OPEN, { cwd: await withBundle() });
    await terminal.shows('Passphrase: ');
    terminal.type(`hunter2${ENTER}`);
    await terminal.shows('That is not the passphrase.');
    await terminal.shows('Passphrase: ');
    terminal.type(CTRL_C);
    expect((await terminal.ended).stdout).not.toContain('hunter');
  });

  test('after three wrong passphrases it ends with 3 and nothing was restored', async () => {
    const cwd = await withBundle();
    const before = stateOf(cwd);
    const terminal = signetInTerminal(OPEN, { cwd });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await terminal.shows('Passphrase: ');
      terminal.type(`${OTHER_PASSPHRASE}${ENTER}`);
    }
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(3);
    expect(stdout).toContain('The passphrase is wrong.');
    expect(stateOf(cwd)).toEqual(before);
  });

  test.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
    ['Ctrl-C behind half a passphrase', `clambake${CTRL_C}`],
  ])('%s at the question ends with 6 and leaves nothing', async (_what, keys) => {
    const cwd = await withBundle();
    const before = stateOf(cwd);
    const terminal = signetInTerminal(OPEN, { cwd });
    await terminal.shows('Passphrase: ');
    terminal.type(keys);
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(6);
    expect(stdout).toContain('Cancelled.');
    expect(stdout).not.toContain('clambake');
    expect(stateOf(cwd)).toEqual(before);
  });

  test('SIGTERM at the question ends with 6', async () => {
    const terminal = signetInTerminal(OPEN, { cwd: await withBundle() });
    await terminal.shows('Passphrase: ');
    terminal.terminate();
    expect((await terminal.ended).code).toBe(6);
  });

  test('nothing is asked where no passphrase would help', async () => {
    const cwd = workspace();
    await sealIn(cwd, 'b.age');
    const { code, stdout } = await signetInTerminal(OPEN, { cwd }).ended;
    expect(code).toBe(3);
    expect(stdout).toContain('This bundle is opened by a key, not by a passphrase.');
    expect(stdout).not.toContain('Passphrase:');
  });

  test('seal --passphrase asks twice and seals to what was typed', async () => {
    const cwd = workspace();
    const terminal = signetInTerminal(['seal', 'degree.pdf', '--passphrase', '-o', 'b.age'], {
      cwd,
    });
    await terminal.shows('Passphrase: ');
    terminal.type(`${PASSPHRASE}${ENTER}`);
    await terminal.shows('The same again: ');
    terminal.type(`${PASSPHRASE}${ENTER}`);
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain('clambake');
    const args = ['open', 'b.age', '--list', '--passphrase-file', 'secret.txt'];
    expect((await signet(args, { cwd })).code).toBe(0);
  });

  test('seal --passphrase seals nothing when the two differ', async () => {
    const cwd = workspace();
    const terminal = signetInTerminal(['seal', 'degree.pdf', '--passphrase', '-o', 'b.age'], {
      cwd,
    });
    await terminal.shows('Passphrase: ');
    terminal.type(`${PASSPHRASE}${ENTER}`);
    await terminal.shows('The same again: ');
    terminal.type(`${OTHER_PASSPHRASE}${ENTER}`);
    const { code, stdout } = await terminal.ended;
    expect(code).toBe(2);
    expect(stdout).toContain('The two passphrases differ.');
    expect(existsSync(join(cwd, 'b.age'))).toBe(false);
  });

  test('passphrase --check asks without showing', async () => {
    const terminal = signetInTerminal(['passphrase', '--check']);
    await terminal.shows('Passphrase: ');
    terminal.type(`hunter2${ENTER}`);
    await terminal.shows('Too weak: about');
    expect((await terminal.ended).stdout).not.toContain('hunter');
  });

  test('progress is one line that changes, and nothing of it is left behind', async () => {
    const cwd = writeDocuments(temporaryFolder(), { 'a.bin': Buffer.alloc(20 * 2 ** 20) });
    const { stdout } = await signetInTerminal(['seal', 'a.bin'], { cwd }).ended;
    expect(stdout.split(ERASE_LINE)).toContainEqual(
      expect.stringMatching(/^Sealing · .* of 20 MiB/),
    );
    // Each line ends with what was written last on it.
    const lines = stdout.split('\r\n').map((line) => line.split(ERASE_LINE).at(-1));
    expect(lines[0]).toBe('Sealed 1 document (20 MiB).');
    expect(lines.join('\n')).toMatch(/tell it another way/);
    for (const line of lines) expect(line!.length).toBeLessThanOrEqual(100);
  });
});

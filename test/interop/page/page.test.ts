import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templateDigest } from '../../../app/envelope/page.ts';
import { zipOf } from '../../../renderer/page/save/zip.ts';
import { buildPage } from '../../../tools/page.ts';
import { start, type Run } from '../../support/cli.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { PASSPHRASE, writePage } from '../../support/pages.ts';
import { hasCommand } from '../../support/peers.ts';
import { hasTerminal, inTerminal } from '../../support/pty.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const DOCUMENTS = {
  'passport.jpg': patternBytes(1_000_003),
  'degree/Zeugnis für Zoë.pdf': 'degree',
  'empty.txt': '',
};

const template = await buildPage();

function shell(line: string, cwd: string): Promise<Run> {
  return start('bash', ['-c', `set -o pipefail; ${line}`], { cwd }).ended;
}

function expectDocuments(folder: string): void {
  for (const [name, content] of Object.entries(DOCUMENTS))
    expect(readFileSync(join(folder, name))).toEqual(Buffer.from(content));
}

describe('a page without its reader', () => {
  test.skipIf(!hasCommand('age') || !hasTerminal).each([
    ['as the documentation has it', "sed -n '/BEGIN AGE/,/END AGE/p'"],
    ['as the page itself has it', "sed -n '/^-----BEGIN/,/^-----END/p'"],
  ])('sed, age and tar restore the documents: %s', async (_what, sed) => {
    const cwd = temporaryFolder();
    await writePage(cwd, template, DOCUMENTS, { note: 'Hello' });
    const line = `set -o pipefail; ${sed} bundle.html | age -d | tar x`;
    const run = inTerminal('bash', ['-c', line], { cwd });
    await run.shows('Enter passphrase:');
    run.type(`${PASSPHRASE}\r`);
    expect((await run.ended).code).toBe(0);
    expectDocuments(cwd);
    const checked = await shell('sha256sum --strict -c SHA256SUMS', cwd);
    expect(checked.code).toBe(0);
  });

  test.each([["sed '/BEGIN AGE/,/END AGE/d'"], ["sed '/^-----BEGIN/,/^-----END/d'"]])(
    '%s leaves the reader, which sha256sum finds to be the one that was built',
    async (sed) => {
      const cwd = temporaryFolder();
      await writePage(cwd, template, DOCUMENTS);
      const { stdout } = await shell(`${sed} bundle.html | sha256sum`, cwd);
      expect(stdout).toBe(`${templateDigest(template).page}  -\n`);
    },
  );
});

describe('the template', () => {
  test('is the same with each build, from any folder', async () => {
    const here = process.cwd();
    process.chdir(temporaryFolder());
    try {
      expect((await buildPage()).equals(template)).toBe(true);
    } finally {
      process.chdir(here);
    }
  });

  test('is small enough to go with every bundle', () => {
    expect(template.byteLength).toBeLessThan(300_000);
  });

  test('allows its own program and style by their sums, and nothing else', () => {
    const text = template.toString();
    const program = /<script>([^]*?)<\/script>/.exec(text)?.[1] ?? '';
    const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
    const sum = (part: string): string =>
      `'sha256-${createHash('sha256').update(part).digest('base64')}'`;
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]).toBe(
      `default-src 'none'; script-src ${sum(program)}; style-src ${sum(style)}; base-uri 'none'; form-action 'none'`,
    );
    expect(templateDigest(template).program).toBe(
      createHash('sha256').update(program).digest('hex'),
    );
    const reachable = /<[^>]+\b(?:src|href)=|innerHTML|\beval\(|new Function/.exec(text);
    expect(reachable?.[0]).toBeUndefined();
  });

  test('names the licences of what is in it', () => {
    const text = template.toString();
    for (const name of ['age-encryption', '@noble/ciphers', '@noble/hashes', 'fastest-levenshtein'])
      expect(text).toContain(`\n${name} `);
  });
});

describe('the ZIP that a page makes', () => {
  async function zipIn(cwd: string): Promise<void> {
    const modified = new Date(2025, 5, 1, 12, 30, 44);
    const files = Object.entries(DOCUMENTS).map(([name, content]) => ({
      name,
      modified,
      content: new Blob([new Uint8Array(Buffer.from(content))]),
    }));
    const zip = await zipOf(files, ['none/at all'], modified);
    writeFileSync(join(cwd, 'bundle.zip'), Buffer.from(await zip.arrayBuffer()));
    writeDocuments(join(cwd, 'out'), {});
  }

  for (const [command, line] of [
    ['7zz', '7zz x -oout bundle.zip'],
    ['bsdtar', 'bsdtar -xf bundle.zip -C out'],
    ['python3', 'python3 -m zipfile -e bundle.zip out'],
    ['unzip', 'unzip bundle.zip -d out'],
  ] as const)
    test.skipIf(!hasCommand(command))(`opens with ${command}`, async () => {
      const cwd = temporaryFolder();
      await zipIn(cwd);
      const run = await shell(`LC_ALL=C.UTF-8 ${line}`, cwd);
      expect(run.code, run.stderr).toBe(0);
      expectDocuments(join(cwd, 'out'));
      expect((await shell('test -d "out/none/at all"', cwd)).code).toBe(0);
    });

  test.skipIf(!hasCommand('python3'))('is what Python finds sound, with its times', async () => {
    const cwd = temporaryFolder();
    await zipIn(cwd);
    const program = `import zipfile; z = zipfile.ZipFile('bundle.zip'); print(z.testzip(), [(i.filename, i.date_time, i.compress_type) for i in z.infolist()][1])`;
    const run = await shell(`python3 -c "${program}"`, cwd);
    expect(run.stdout).toBe("None ('passport.jpg', (2025, 6, 1, 12, 30, 44), 0)\n");
  });
});

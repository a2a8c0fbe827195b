import { createHash, randomBytes } from 'node:crypto';
import { armor as library } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkTemplate,
  pageSize,
  readPage,
  recognisePage,
  sealPage,
  templateDigest,
} from '../../../app/envelope/page.ts';
import { decodeArmor } from '../../../app/envelope/armor.ts';
import { collect, pieces } from '../../support/streams.ts';
import { TEMPLATE } from '../../support/templates.ts';
import { cut, failure, Watched } from './watched.ts';

const random = randomBytes(20_000);
const SLOT = '<script type="text/plain" id="bundle">';

async function pageWith(bytes: Uint8Array, template: Uint8Array = TEMPLATE): Promise<string> {
  return (await collect(sealPage(template, pieces(bytes)))).toString();
}

function read(page: string | Uint8Array, template?: Uint8Array): Promise<Buffer> {
  return collect(decodeArmor(readPage(pieces(Buffer.from(page), 1000), template)));
}

/** What of a page is left when the lines of the armor are taken out, as `sed` does. */
function withoutArmor(page: string): string {
  return page.replace(/^-----BEGIN AGE[^]*?-----END AGE.*\n/m, '');
}

describe('a page', () => {
  it('is its template with the armor in it, and nothing else', async () => {
    const page = await pageWith(random);
    const [before = '', behind = ''] = TEMPLATE.toString().split(`${SLOT}\n`);
    expect(page).toBe(`${before}${SLOT}\n${library.encode(random)}${behind}`);
    expect(Buffer.from(withoutArmor(page))).toEqual(TEMPLATE);
  });

  it('gives back what was put in, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: random.byteLength }),
        fc.array(fc.oneof(fc.nat({ max: 70 }), fc.nat({ max: 9000 })), { minLength: 1 }),
        fc.boolean(),
        async (length, sizes, strict) => {
          const bytes = random.subarray(0, length);
          const page = await collect(sealPage(TEMPLATE, new Watched(cut(bytes, sizes))));
          const armored = readPage(new Watched(cut(page, sizes)), strict ? TEMPLATE : undefined);
          expect((await collect(decodeArmor(armored))).equals(bytes)).toBe(true);
          expect(page.byteLength).toBe(pageSize(TEMPLATE, length));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('comes back in pieces of one byte', async () => {
    const page = Buffer.from(await pageWith(random.subarray(0, 100)));
    const armored = readPage(new Watched(cut(page, [1])), TEMPLATE);
    expect(await collect(decodeArmor(armored))).toEqual(random.subarray(0, 100));
  });

  it('holds nothing between the ends of its element that could end it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (bytes) => {
        const page = await pageWith(bytes);
        const inside = page.slice(page.indexOf(SLOT) + SLOT.length, page.lastIndexOf('</script>'));
        expect(inside).toMatch(/^[A-Za-z0-9+/=\n -]*$/);
      }),
      { numRuns: 200 },
    );
  });

  it('is recognised by how it begins', async () => {
    const page = Buffer.from(await pageWith(random));
    expect(recognisePage(page.subarray(0, 512))).toBe(true);
    expect(recognisePage(Buffer.from('<!doctype html>\n<html><title>x</title>'))).toBe(false);
    expect(recognisePage(Buffer.from('age-encryption.org/v1\n'))).toBe(false);
    expect(recognisePage(Buffer.from('See <!-- signet bundle page v1 -->'))).toBe(false);
    expect(recognisePage(Buffer.alloc(0))).toBe(false);
  });

  it('may have got Windows line breaks, and something behind its end, on the way', async () => {
    const page = (await pageWith(random)).replaceAll('\n', '\r\n');
    expect((await read(page)).equals(random)).toBe(true);
    expect((await read(`${page}<p>Checked by a mail gateway</p>\r\n`)).equals(random)).toBe(true);
  });

  it('may have another reader, of another version', async () => {
    const other = Buffer.from(TEMPLATE.toString().replace('<title>', '<title>Another '));
    expect((await read(await pageWith(random, other))).equals(random)).toBe(true);
  });

  it('closes its source when nobody reads on', async () => {
    const source = new Watched(cut(Buffer.from(await pageWith(random)), [1000]));
    const armored = readPage(source);
    await armored.next();
    await armored.return();
    expect(source.closed).toBe(true);
  });
});

describe('a page that somebody made or changed', () => {
  const armor = library.encode(random);

  it.each<[string, (page: string) => string, string]>([
    ['that ends before the bundle', (page) => page.slice(0, page.indexOf(SLOT)), 'truncated'],
    ['that ends in the bundle', (page) => page.slice(0, page.indexOf(SLOT) + 9000), 'truncated'],
    [
      'that ends behind the bundle',
      (page) => page.slice(0, page.lastIndexOf('-----\n')),
      'truncated',
    ],
    [
      'that ends in the end of the element',
      (page) => page.slice(0, page.lastIndexOf('ript>')),
      'truncated',
    ],
    ['that lacks its own end', (page) => page.slice(0, page.lastIndexOf('</html>')), 'truncated'],
    ['without its mark', (page) => page.replace('bundle page v1', 'bundle page v2'), 'malformed'],
    [
      'with an armor before the element',
      (page) => page.replace('<main>', `<main>${armor}`),
      'malformed',
    ],
    [
      'with an armor behind the element',
      (page) => page.replace('</body>', `${armor}</body>`),
      'malformed',
    ],
    [
      'with a second element',
      (page) =>
        page.replace('</body>', `${SLOT}\n${armor.replaceAll('AGE', 'age')}</script></body>`),
      'malformed',
    ],
    [
      'with something else in its bundle',
      (page) => page.replace('-----END', '<b>-----END'),
      'malformed',
    ],
  ])('%s is refused', async (_what, change, damage) => {
    const page = await pageWith(random);
    const changed = change(page);
    expect(changed).not.toBe(page);
    const error = await failure(read(changed));
    expect(error.data).toEqual({ part: 'page', damage });
  });

  it.each<[string, (page: string) => string]>([
    ['text before the bundle', (page) => page.replace('Sealed', 'sealed')],
    ['policy', (page) => page.replace("default-src 'none'", "default-src 'self'")],
    ['program', (page) => page.replace('start()', 'steal()')],
    ['text behind the bundle', (page) => page.replace('</body>', '</body ')],
    ['end', (page) => `${page}\n`],
  ])('is refused by whoever expects a certain reader: its %s', async (_what, change) => {
    const page = await pageWith(random);
    expect((await read(page, TEMPLATE)).equals(random)).toBe(true);
    const changed = change(page);
    expect(changed).not.toBe(page);
    const error = await failure(read(changed, TEMPLATE));
    expect(error.data).toEqual({ part: 'page', damage: 'mismatch' });
  });

  it('with two armors in one element is refused', async () => {
    const page = (await pageWith(random)).replace(
      '</script>\n</body>',
      `${armor}</script>\n</body>`,
    );
    const error = await failure(read(page));
    expect(error.data).toEqual({ part: 'armor', damage: 'trailing-data' });
  });

  it.each([
    ['before', TEMPLATE.toString().slice(0, 200)],
    ['behind', TEMPLATE.toString().trimEnd().slice(0, -20)],
  ])(
    'that goes on for ever %s its bundle is refused after a few MiB',
    async (_where, beginning) => {
      function* endless(): Generator<Uint8Array> {
        yield Buffer.from(beginning);
        for (;;) yield Buffer.alloc(64 * 1024, ' ');
      }
      const source = new Watched(endless());
      const error = await failure(collect(readPage(source)));
      expect(error.data).toEqual({ part: 'page', damage: 'malformed' });
      expect(source.taken).toBeLessThan(10 * 1024 * 1024);
      expect(source.closed).toBe(true);
    },
  );
});

describe('a template', () => {
  it.each<[string, (template: string) => string]>([
    ['that is empty', () => ''],
    ['without its mark', (template) => template.replace('signet', 'seal')],
    ['without a place for the bundle', (template) => template.replace('id="bundle"', 'id="b"')],
    ['with two places', (template) => template.replace('</body>', `${SLOT}\n</script>\n</body>`)],
    ['with something in the place', (template) => template.replace(`${SLOT}\n`, `${SLOT}\nx`)],
    ['that is cut off', (template) => template.slice(0, -9)],
    ['with words that sed would find', (template) => template.replace('start()', 'BEGIN AGE')],
    ['with an armor in it', (template) => template.replace('start()', library.encode(random))],
  ])('%s is none', async (_what, change) => {
    const template = Buffer.from(change(TEMPLATE.toString()));
    const error = await failure(
      Promise.resolve().then(() => {
        checkTemplate(template);
      }),
    );
    expect(error.code).toBe('page-template-missing');
    expect((await failure(collect(sealPage(template, pieces(random))))).code).toBe(error.code);
    expect(() => templateDigest(template)).toThrow('page-template-missing');
  });

  it('is compared by the sums of a page without its bundle, and of the program', async () => {
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    expect(templateDigest(TEMPLATE)).toEqual({
      page: sha256(withoutArmor(await pageWith(random))),
      program: sha256('start();'),
    });
  });
});

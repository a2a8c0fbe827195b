import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSums, verifySums } from '../../../app/archive/sums.ts';
import type { DocumentRecord } from '../../../app/contract/records.ts';
import { sha256 } from '../../../app/digest/digest.ts';
import { nameProblem } from '../../../app/files/names.ts';
import { writeDocuments } from '../../support/documents.ts';
import { hasCommand } from '../../support/peers.ts';
import { temporaryFolder } from '../../support/temporary.ts';

function record(name: string, content = name): DocumentRecord {
  const bytes = Buffer.from(content);
  return { name, bytes: bytes.byteLength, sha256: sha256(bytes) };
}

const A = record('a.txt');
const B = record('docs/ü b.txt');

test('sums that are written vouch for the documents that they were made of', () => {
  expect(verifySums(formatSums([A, B]), [A, B])).toBe('matched');
  expect(verifySums(formatSums([A, B]), [B, A])).toBe('matched');
});

test('whatever the names and contents, what is written is read again', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => nameProblem(text) === undefined);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 8 }), (names) => {
      const records = names.map((one) => record(one));
      expect(verifySums(formatSums(records), records)).toBe('matched');
    }),
  );
});

test('a document that differs is damage, and is named', () => {
  expect(() => verifySums(formatSums([A, B]), [A, record(B.name, 'changed')])).toThrow(
    expect.objectContaining({
      code: 'bundle-damaged',
      data: { part: 'checksums', damage: 'mismatch', name: B.name },
    }),
  );
});

test('a listed document that did not come out is damage, and is named', () => {
  expect(() => verifySums(formatSums([A, B]), [A])).toThrow(
    expect.objectContaining({ data: { part: 'checksums', damage: 'mismatch', name: B.name } }),
  );
});

test('a listed document that was never there leaves the sums partial where nobody can have taken it out', () => {
  expect(verifySums(formatSums([A, B]), [A], true)).toBe('partial');
  expect(verifySums(formatSums([A, B]), [], true)).toBe('partial');
  // One in the place of another.
  expect(verifySums(formatSums([A]), [B], true)).toBe('partial');
  expect(verifySums(formatSums([A, B]), [A, B], true)).toBe('matched');
  expect(() => verifySums(formatSums([A, B]), [record(A.name, 'changed')], true)).toThrow(
    expect.objectContaining({ data: { part: 'checksums', damage: 'mismatch', name: A.name } }),
  );
});

test('documents that are not listed leave the sums partial', () => {
  expect(verifySums(formatSums([A]), [A, B])).toBe('partial');
  expect(verifySums('', [A])).toBe('partial');
});

test('nothing to vouch for is vouched for', () => {
  expect(verifySums('', [])).toBe('matched');
});

test('no checksum file, or a text that is none, is absent', () => {
  for (const text of [
    undefined,
    'a note to myself',
    '\0\x01\x02',
    `${A.sha256}${A.name}\n`,
    `${A.sha256.slice(1)}  ${A.name}\n`,
    `${A.sha256}  \n`,
    `${formatSums([A])}and a remark`,
    `SHA256 (${A.name}) = ${A.sha256}\n`,
  ])
    expect(verifySums(text, [A])).toBe('absent');
});

test.each([
  ['the binary marker', `${A.sha256} *${A.name}\n`],
  ['a leading ./', `${A.sha256}  ./${A.name}\n`],
  ['both', `${A.sha256} *./${A.name}\n`],
  ['capital letters', `${A.sha256.toUpperCase()}  ${A.name}\n`],
  ['no line break at the end', `${A.sha256}  ${A.name}`],
  ['empty lines', `\n${A.sha256}  ${A.name}\n\n`],
])('a line with %s is understood', (_form, text) => {
  expect(verifySums(text, [A])).toBe('matched');
  expect(() => verifySums(text, [record(A.name, 'changed')])).toThrow();
});

test.skipIf(!hasCommand('sha256sum'))('what sha256sum writes is understood', () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a.txt', 'docs/ü b.txt': B.name });
  for (const mode of ['--text', '--binary']) {
    const sums = execFileSync('sha256sum', [mode, A.name, `./${B.name}`], { cwd: folder });
    expect(verifySums(sums.toString(), [A, B])).toBe('matched');
  }
  writeFileSync(join(folder, 'SHA256SUMS'), formatSums([A, B]));
  execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder });
});

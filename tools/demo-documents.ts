import { randomFillSync } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const SCAN_BYTES = 64 * 1024 * 1024;

/**
 * Makes a folder of documents as an applicant has them: PDF, a photo with EXIF data, a Word document, a subfolder, a name in
 * Japanese, an empty file, and a large scan.
 *
 * @param folder - made if it does not exist
 */
export async function makeDemoDocuments(folder: string): Promise<void> {
  await mkdir(join(folder, 'certificates'), { recursive: true });
  await writeFile(join(folder, 'passport.pdf'), pdf('PASSPORT (specimen)'));
  await writeFile(join(folder, 'photo.jpg'), jpegWithExif());
  await writeFile(join(folder, 'covering letter.docx'), docx('I apply for the position.'));
  await writeFile(join(folder, 'certificates', 'degree.pdf'), pdf('DEGREE (specimen)'));
  await writeFile(join(folder, 'certificates', '卒業証明書.pdf'), pdf('GRADUATION (specimen)'));
  await writeFile(join(folder, 'certificates', 'to be scanned.txt'), '');
  await writeScan(join(folder, 'birth certificate, scan.tif'));
}

/** A one-page PDF 1.4 with its cross-reference table. */
function pdf(text: string): Buffer {
  const content = `BT /F1 24 Tf 72 720 Td (${text.replaceAll(/[()\\]/g, '\\$&')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  file += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(file.length)}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** An 8 by 8 grey JPEG whose EXIF segment names a camera, as every photo of a telephone does. */
function jpegWithExif(): Buffer {
  const camera = Buffer.from('Specimen camera\0', 'latin1');
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  // One entry: tag 0x0110 (camera model), ASCII, behind the directory.
  tiff.writeUInt16BE(0x0110, 10);
  tiff.writeUInt16BE(2, 12);
  tiff.writeUInt32BE(camera.byteLength, 14);
  tiff.writeUInt32BE(26, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, camera]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.byteLength + 2);
  const image =
    'ffdb004300' +
    '01'.repeat(64) +
    'ffc0000b080008000801011100' +
    'ffc4001400010000000000000000000000000000000009' +
    'ffc40014100100000000000000000000000000000000' +
    'ffda0008010100003f0054ffd9';
  return Buffer.concat([Buffer.from('ffd8ffe1', 'hex'), length, exif, Buffer.from(image, 'hex')]);
}

/** A Word document of one paragraph: three parts in a stored ZIP. */
function docx(text: string): Buffer {
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return storedZip([
    [
      '[Content_Types].xml',
      `${xml}<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${xml}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ],
    [
      'word/document.xml',
      `${xml}<w:document xmlns:w="${word}"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
    ],
  ]);
}

function storedZip(parts: readonly (readonly [string, string])[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const content = Buffer.from(text);
    // Version, flags, method, time, date, CRC-32, both sizes, lengths of name and extra field.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.byteLength, 14);
    shared.writeUInt32LE(content.byteLength, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name)]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), shared, where, Buffer.from(name));
    local.push(head, content);
    offset += head.byteLength + content.byteLength;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.byteLength, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** A scan is mostly noise to an archiver: random bytes behind a TIFF signature. */
async function writeScan(path: string): Promise<void> {
  const file = await open(path, 'w');
  const piece = Buffer.alloc(1024 * 1024);
  for (let written = 0; written < SCAN_BYTES; written += piece.byteLength) {
    randomFillSync(piece);
    if (written === 0) piece.write('II*\0', 'latin1');
    await file.write(piece);
  }
  await file.close();
}

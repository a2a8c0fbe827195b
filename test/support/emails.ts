import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { onTestFinished } from 'vitest';
import type { EmailRequest } from '../../app/destinations/email/plan.ts';
import { openBundleFile, type BundleFile } from '../../app/files/bundle-file.ts';
import { temporaryFolder } from './temporary.ts';

/**
 * A bundle on disk, of random bytes: email does not look into it.
 *
 * @param bytes - its size
 * @param name - its file name
 */
export async function bundleOf(
  bytes: number,
  name = 'bundle-x7k2mq.tar.age',
): Promise<{ bundle: BundleFile; content: Buffer; folder: string }> {
  const folder = temporaryFolder();
  const content = randomBytes(bytes);
  writeFileSync(join(folder, name), content);
  const bundle = await openBundleFile(join(folder, name));
  onTestFinished(() => bundle.close());
  return { bundle, content, folder };
}

/**
 * What one would want to send.
 *
 * @param bundle - what is attached
 * @param different - what is different about it
 */
export function emailOf(bundle: BundleFile, different: Partial<EmailRequest> = {}): EmailRequest {
  return {
    bundle,
    format: 'age',
    lockedWith: 'passphrase',
    to: ['Ann <ann@example.test>'],
    language: 'en',
    passphrases: ['ability-zoom-kettle-unmade-raft'],
    ...different,
  };
}

/**
 * A message as an independent parser reads it.
 *
 * @param message - the whole of it
 */
export async function parsed(message: Uint8Array): Promise<Email> {
  return await PostalMime.parse(message, { attachmentEncoding: 'arraybuffer' });
}

/**
 * The attachment's bytes.
 *
 * @param email - with one
 */
export function attached(email: Email): Buffer {
  const content = email.attachments[0]?.content;
  if (!(content instanceof ArrayBuffer)) throw new Error('there is no attachment');
  return Buffer.from(content);
}

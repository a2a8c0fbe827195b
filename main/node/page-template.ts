import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../app/contract/errors.ts';

/** What the build made, as seen from a checkout and from a build. */
const TEMPLATE = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/page/template.html' : './page-template.html',
    import.meta.url,
  ),
);

/**
 * Reads the reader that a self-opening page begins with.
 *
 * @param path - where it lies; where the build put it unless given
 * @throws `page-template-missing` when it was not built
 */
export async function readPageTemplate(path: string = TEMPLATE): Promise<Uint8Array> {
  return await readFile(path).catch((error: unknown) => {
    throw new AppError('page-template-missing', {}, error);
  });
}

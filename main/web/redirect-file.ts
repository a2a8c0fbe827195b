import { randomBytes } from 'node:crypto';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A file that leads a browser to an address which must not be among anybody's arguments. */
export interface RedirectFile {
  readonly path: string;
  /** Removes it. */
  remove(): void;
}

/**
 * Writes a page that leads to an address at once. Nobody else on this machine can read it.
 *
 * @param folder - private
 * @param address - of this host; base64url and digits, so that nothing in it needs to be escaped
 * @throws what the file system throws
 */
export function writeRedirectFile(folder: string, address: string): RedirectFile {
  const path = join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  const page = `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>Signet</title>
<p><a href="${address}">Open Signet</a></p>
`;
  writeFileSync(path, page, { flag: 'wx', mode: 0o600 });
  return {
    path,
    remove: () => {
      rmSync(path, { force: true });
    },
  };
}

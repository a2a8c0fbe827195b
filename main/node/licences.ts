import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { About } from '../../app/contract/views.ts';

/** What the build wrote down, as seen from a checkout and from a build. */
const LIST = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/licences.json' : '../licences.json',
    import.meta.url,
  ),
);

/** The packages that became part of the program; none when it was not built. */
export function readLicences(): About['licences'] {
  try {
    return JSON.parse(readFileSync(LIST, 'utf8')) as About['licences'];
  } catch {
    return [];
  }
}

import { join } from 'node:path';
import type { LockRequest, SendRequest } from '../../app/send.ts';
import { testKey } from './bundles.ts';
import { patternBytes, writeDocuments } from './documents.ts';
import { temporaryFolder } from './temporary.ts';

/** Sealing to a key takes no time. */
export const KEYS: LockRequest = { kind: 'keys', recipients: [testKey.recipient] };

const DOCUMENTS = {
  'client/passport.pdf': patternBytes(5000, 1),
  'client/accounts/2025.bin': patternBytes(700_001, 2),
  'client/empty/': '',
  'client/.DS_Store': 'litter',
  'client/履歴書.txt': 'résumé',
};

/** A folder with documents in `in` and nothing in `out`. */
export function workplace(): { folder: string; input: string; out: string } {
  const folder = temporaryFolder();
  writeDocuments(join(folder, 'in'), DOCUMENTS);
  const out = writeDocuments(join(folder, 'out'), {});
  return { folder, input: join(folder, 'in/client'), out };
}

/**
 * A request to seal.
 *
 * @param input - the folder
 * @param more - what is not as usual
 */
export function request(input: string, more: Partial<SendRequest> = {}): SendRequest {
  return { paths: [input], lock: KEYS, logN: 4, ...more };
}

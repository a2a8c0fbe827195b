import type { DocumentSource } from '../../app/contract/records.ts';
import { pieces } from './streams.ts';

/**
 * A document that is all in memory, for what files on disk cannot be made to do.
 *
 * @param name - inside the bundle
 * @param content - delivered as a whole, or in pieces of `pieceBytes`
 * @param options - how it behaves
 */
export function documentSource(
  name: string,
  content: string | Uint8Array,
  options: {
    readonly modified?: Date;
    readonly pieceBytes?: number;
    /** What it promises; its real size unless given. */
    readonly bytes?: number;
  } = {},
): DocumentSource {
  const bytes = Buffer.from(content);
  return {
    name,
    bytes: options.bytes ?? bytes.byteLength,
    modified: options.modified ?? new Date(1_700_000_000_000),
    read: () => pieces(bytes, options.pieceBytes),
    readWhole: () => (options.pieceBytes === undefined ? bytes : undefined),
  };
}

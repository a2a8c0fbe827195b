import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 256 * 1024;

/**
 * Reads an open file from its start, one piece ahead of whoever takes them, so that the disk works while the pieces are.
 *
 * @param handle - stays open; the caller closes it afterwards
 * @param total - how many bytes to read; fewer come when the file ends earlier
 * @returns pieces, each a buffer of its own
 */
export function readPieces(
  handle: FileHandle,
  total: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  return pieces((position, length) => readAt(handle, position, length), 0, total);
}

/**
 * Reads a range in pieces, one ahead of whoever takes them, so that the disk works while they are dealt with.
 *
 * @param read - reads at a position
 * @param start - first byte
 * @param end - byte behind the last
 */
export async function* pieces(
  read: (position: number, length: number) => Promise<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let position = start;
  const next = (): Promise<Uint8Array> | undefined => {
    if (position >= end) return undefined;
    const piece = read(position, Math.min(PIECE_BYTES, end - position));
    position += PIECE_BYTES;
    // It is awaited below; if the consumer stops first, its failure is nobody's concern.
    piece.catch(() => undefined);
    return piece;
  };
  let ahead = next();
  try {
    while (ahead !== undefined) {
      const piece = await ahead;
      ahead = next();
      if (piece.byteLength === 0) return;
      yield piece;
    }
  } finally {
    await ahead?.catch(() => undefined);
  }
}

/**
 * Reads at a position.
 *
 * @param handle - an open file
 * @param position - first byte
 * @param length - how many bytes; fewer come where the file ends before
 */
export async function readAt(
  handle: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let used = 0;
  while (used < length) {
    const { bytesRead } = await handle.read(bytes, used, length - used, position + used);
    if (bytesRead === 0) break;
    used += bytesRead;
  }
  return bytes.subarray(0, used);
}

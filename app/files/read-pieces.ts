import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 256 * 1024;

/**
 * Reads an open file from its start, one piece ahead of whoever takes them, so that the disk works while the pieces are.
 *
 * @param handle - stays open; the caller closes it afterwards
 * @param total - how many bytes to read; fewer come when the file ends earlier
 * @returns pieces, each a buffer of its own
 */
export async function* readPieces(
  handle: FileHandle,
  total: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = total;
  const next = (): Promise<Uint8Array> | undefined => {
    if (left === 0) return undefined;
    const size = Math.min(PIECE_BYTES, left);
    left -= size;
    const piece = readPiece(handle, size);
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

async function readPiece(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let used = 0;
  while (used < size) {
    const { bytesRead } = await handle.read(bytes, used, size - used, null);
    if (bytesRead === 0) break;
    used += bytesRead;
  }
  return bytes.subarray(0, used);
}

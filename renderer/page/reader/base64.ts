interface Decoder {
  fromBase64?: (text: string, options: { readonly lastChunkHandling: 'strict' }) => Uint8Array;
}

/**
 * Decodes canonical base64 with padding.
 *
 * @param text - white space in it is passed over, so that the caller has to compare lengths
 * @throws SyntaxError or DOMException when it is no base64
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as Decoder).fromBase64;
  // The native way is ten times as fast, and not everywhere yet.
  if (native !== undefined)
    return native.call(Uint8Array, text, {
      lastChunkHandling: 'strict',
    }) as Uint8Array<ArrayBuffer>;
  // Bits that are left over at the end have to be zero, which `atob` does not mind.
  const tail = text.trimEnd().slice(-4);
  if (btoa(atob(tail)) !== tail) throw new SyntaxError('not canonical');
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

import { crc32 } from 'node:zlib';
import { damagedArchive } from './zip-damage.ts';

/** The upper half of code page 437, in which names are that say nothing else. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Systems whose programs write UTF-8 without saying so: Unix and macOS. */
const UTF8_SYSTEMS: ReadonlySet<number> = new Set([3, 19]);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What there is to know about a name. */
export interface WrittenName {
  readonly raw: Uint8Array;
  /** Whether the entry says that it is UTF-8. */
  readonly utf8: boolean;
  /** The system on which the archive was made, by APPNOTE's numbers. */
  readonly system: number;
  /** Info-ZIP's field with the name in UTF-8. */
  readonly unicodePath: Buffer | undefined;
}

/**
 * Reads the name of an entry. What is not valid UTF-8 although it says so comes out with U+FFFD in it, which no name may have.
 *
 * @param name - as it is written
 * @throws `bundle-damaged` (`archive`) where it has two names
 */
export function decodeName({ raw, utf8, system, unicodePath }: WrittenName): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const better = unicodePath === undefined ? undefined : fromUnicodePath(unicodePath, raw);
  if (utf8) {
    const name = text.toString('utf8');
    // Which of two would count is what an attacker asks.
    if (better !== undefined && better !== name) throw damagedArchive('malformed', name);
    return name;
  }
  if (better !== undefined) return better;
  return (UTF8_SYSTEMS.has(system) ? validUtf8(raw) : undefined) ?? fromCp437(raw);
}

/** Version 1, the CRC of the name that it replaces, and the name. */
function fromUnicodePath(field: Buffer, raw: Uint8Array): string | undefined {
  if (field.byteLength < 5 || field.readUInt8(0) !== 1) return undefined;
  return field.readUInt32LE(1) === crc32(raw) ? validUtf8(field.subarray(5)) : undefined;
}

function validUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function fromCp437(bytes: Uint8Array): string {
  let name = '';
  for (const byte of bytes)
    name += byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? '');
  return name;
}

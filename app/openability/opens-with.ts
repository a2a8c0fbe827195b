import type { ToolId } from '../contract/advice.ts';
import type { BundleSummary } from '../contract/formats.ts';
import { TOOLS, type BundleKind } from './tools.ts';

/** In the order in which they are named. */
const ORDER: readonly ToolId[] = [
  'signet',
  'browser',
  'age',
  '7zip',
  'keka',
  'winzip',
  'the-unarchiver',
  'libarchive',
  'windows-explorer',
  'macos-archive-utility',
];

/** The keys of age that Signet has the means for; for others the age tool needs plugins or SSH keys. */
const SIGNET_STANZAS: readonly string[] = ['X25519', 'mlkem768x25519'];

/**
 * The programs that are known to open a bundle. Those of which nothing certain is known are left out.
 *
 * @param summary - what the bundle is
 */
export function opensWith(summary: BundleSummary): ToolId[] {
  const kind = kindOf(summary);
  const { lockedWith, age } = summary;
  const foreign =
    lockedWith === 'keys' &&
    age !== undefined &&
    !age.stanzas.some((stanza) => SIGNET_STANZAS.includes(stanza));
  return ORDER.filter(
    (tool) => TOOLS[tool][kind].opens === 'yes' && !(foreign && tool === 'signet'),
  );
}

function kindOf({ format, derivation }: BundleSummary): BundleKind {
  switch (format) {
    case 'age':
      return 'age';
    case 'html':
      return 'page';
    case '7z':
      return derivation.kind === 'none' ? '7z-plain' : '7z-sealed';
    case 'zip':
      if (derivation.kind === 'none') return 'zip-plain';
      return derivation.kind === 'zipcrypto' ? 'zip-legacy' : 'zip-aes';
  }
}

import { Command } from 'commander';
import { createApp } from '../../../app/app.ts';
import { perform } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, formatSize, formatTable } from '../format.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

/** The stanza types of age by what opens them. */
const KEY_KINDS: Readonly<Record<string, string>> = {
  X25519: 'a key (age1…)',
  mlkem768x25519: 'a post-quantum key (age1pq1…)',
  p256tag: 'a hardware key (age1tag1…)',
  mlkem768p256tag: 'a post-quantum hardware key (age1tagpq1…)',
  'ssh-rsa': 'an SSH key (RSA)',
  'ssh-ed25519': 'an SSH key (Ed25519)',
};

/**
 * Makes the command `inspect`.
 *
 * @param done - takes the exit code
 */
export function inspectCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('inspect')
    .summary('say what a bundle is, without opening it')
    .description('Says what a bundle is and what opens it. Needs no passphrase and no key.')
    .argument('<bundle>', 'the bundle')
    .addHelpText('after', '\nExample:\n  signet inspect bundle-x7k2mq.tar.age');
  return withCommonOptions(command).action(async (bundle: string, options: CommonOptions) => {
    done(
      await perform(options, async (job) => {
        const { stanzas, logN, armored, bytes, sha256 } = await createApp().inspect(bundle, job);
        const opens = logN === undefined ? keys(stanzas) : 'a passphrase';
        const rows = [
          ['  Format', armored ? 'age v1, as text (armored)' : 'age v1'],
          ['  Opened by', opens],
          ...(logN === undefined ? [] : [['  Key derivation', strength(logN)]]),
          ['  Size', `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`],
          ['  SHA-256', sha256],
          ['  Names', 'hidden: names, number and sizes of the documents are sealed'],
          ['  Opens with', 'Signet, age, rage, and other tools for age files'],
        ];
        return {
          json: {
            format: 'age',
            armored,
            stanzas,
            ...(logN === undefined ? {} : { logN }),
            bytes,
            sha256,
          },
          text: formatTable(rows),
        };
      }),
    );
  });
}

function keys(stanzas: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const stanza of stanzas) {
    // Some tools add meaningless stanzas on purpose, to keep readers honest.
    const kind = KEY_KINDS[stanza];
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  if (counts.size === 0)
    return formatCount(stanzas.length, 'recipient') + ' of a kind unknown here';
  return [...counts]
    .map(([kind, count]) => (count === 1 ? kind : `${kind}, ${String(count)} times`))
    .join('; ');
}

function strength(logN: number): string {
  return `scrypt, work factor ${String(logN)}: each guess takes ${formatSize(1024 * 2 ** logN)} of memory`;
}

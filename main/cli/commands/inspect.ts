import { Command } from 'commander';
import { perform } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatCount, formatSize, formatTable } from '../format.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

interface KeyKind {
  readonly noun: string;
  /** How its public half begins, or which kind of SSH key it is. */
  readonly mark: string;
  /** Whether Signet can open it; otherwise the age tool, perhaps with a plugin. */
  readonly ours: boolean;
}

/** The stanza types of age by what opens them. */
const KEY_KINDS: Readonly<Record<string, KeyKind>> = {
  X25519: { noun: 'key', mark: 'age1…', ours: true },
  mlkem768x25519: { noun: 'post-quantum key', mark: 'age1pq1…', ours: true },
  p256tag: { noun: 'hardware key', mark: 'age1tag1…', ours: false },
  mlkem768p256tag: { noun: 'post-quantum hardware key', mark: 'age1tagpq1…', ours: false },
  'ssh-rsa': { noun: 'SSH key', mark: 'RSA', ours: false },
  'ssh-ed25519': { noun: 'SSH key', mark: 'Ed25519', ours: false },
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
      await perform(options, async ({ app, job }) => {
        const { stanzas, logN, armored, bytes, sha256 } = await app.inspect(bundle, {
          signal: job.signal,
          // It is read for its SHA-256, not opened.
          onProgress: (moment) => job.onProgress?.({ ...moment, stage: 'verify' }),
        });
        const ours = logN !== undefined || stanzas.some((stanza) => KEY_KINDS[stanza]?.ours);
        const rows = [
          ['Format', armored ? 'age v1, as text (armored)' : 'age v1'],
          ['Opened by', logN === undefined ? keys(stanzas) : 'a passphrase'],
          ...(logN === undefined ? [] : [['Each guess', strength(logN)]]),
          [
            'Opens with',
            `${ours ? 'Signet, age, rage' : 'age, rage'}, and other tools for age files`,
          ],
          ['Documents', 'sealed, with their names and their number'],
          ['Size', `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`],
          ['SHA-256', sha256],
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
  const counts = new Map<KeyKind, number>();
  let total = 0;
  for (const stanza of stanzas) {
    // Some tools add meaningless stanzas on purpose, to keep readers honest.
    const kind = KEY_KINDS[stanza];
    if (kind === undefined) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    total += 1;
  }
  if (total === 0) return `${formatCount(stanzas.length, 'recipient')} of a kind unknown here`;
  const each = [...counts].map(
    ([{ noun, mark }, count]) => `${formatCount(count, noun)} (${mark})`,
  );
  return total === 1 ? each.join() : `any one of ${each.join(' and ')}`;
}

function strength(logN: number): string {
  return `takes ${formatSize(1024 * 2 ** logN)} of memory (scrypt, work factor ${String(logN)})`;
}

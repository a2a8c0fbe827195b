import type { MailRequest, SendReceipt, SendRequest } from '../../../app/app.ts';
import type { AdviceNotice, MailService } from '../../../app/contract/advice.ts';
import { prose, type Desk } from '../console.ts';
import { sizeRemarks, sizeWarnings } from '../mail-size.ts';
import { measureDocuments } from '../measure.ts';
import type { SmtpOptions } from '../smtp.ts';
import { requestOf, type LockOptions } from './lock-options.ts';

/** The options of `email`. */
export interface EmailOptions extends LockOptions, SmtpOptions {
  readonly to?: readonly string[];
  readonly from?: string;
  readonly outDir?: string;
  readonly language: 'en' | 'de';
  readonly greeting?: string;
  readonly limit?: number;
  readonly mail?: MailService;
}

/** What is to be sealed, under a name that is certain, and how it goes. */
export interface EmailPlan {
  readonly request: SendRequest;
  readonly mail: Omit<MailRequest, 'path' | 'passphrases'>;
  /** What was warned of. */
  readonly notices: readonly AdviceNotice[];
}

/**
 * Everything that can be refused or warned of before anything is sealed.
 *
 * @param documents - files and folders
 * @param options - as given
 * @param draft - whether a mail program sends it
 * @param desk - checks
 * @throws `email-address`, `email-no-recipients`, `email-passphrase-inside`, `note-too-long`, `bundle-name`, `document-missing`,
 * `document-unreadable`, `document-special`, `too-many-documents`, `email-too-large`, `cancelled`; usage errors of `requestOf`
 */
export async function planOf(
  documents: readonly string[],
  options: EmailOptions,
  draft: boolean,
  desk: Desk,
): Promise<EmailPlan> {
  const { app, job } = desk;
  const { format, greeting, language, limit, to = [] } = options;
  const asked = await requestOf(documents, options, job);
  const name = app.nameBundle(options.name, format);
  const request = { ...asked, name };
  const lockedWith = request.lock.kind === 'keys' ? 'keys' : 'passphrase';
  const mail = { to, language, greeting, limit, format, lockedWith } as const;
  const amount = await measureDocuments(documents, app, { signal: job.signal });
  await app.checkMail({
    ...mail,
    bundle: name,
    draft,
    passphrases: ownPassphrase(request),
    documentBytes: amount.bytes,
  });
  return { request, mail, notices: tellSize(amount, options, desk) };
}

/** Says beforehand how large it will be, and warns when that is probably too large for the recipient's mail server. */
function tellSize(
  amount: Awaited<ReturnType<typeof measureDocuments>>,
  { format, hideNames, limit, mail: mailService = 'unknown', json, quiet }: EmailOptions,
  { app, clear }: Desk,
): AdviceNotice[] {
  const asked = { has: 'unknown', route: 'email', mailService, hideNames, ...amount } as const;
  const advice = app.advise(asked).formats.find((each) => each.format === format);
  if (advice === undefined) return [];
  const warnings = sizeWarnings(advice, limit);
  const silent = json === true || quiet === true;
  const said = silent ? warnings.map(({ text }) => text) : sizeRemarks(advice, mailService, limit);
  clear();
  for (const text of said) process.stderr.write(`${prose(text, process.stderr)}\n`);
  return warnings.map(({ notice }) => notice);
}

/**
 * All passphrases of this run, which may be in no message.
 *
 * @param request - what was sealed
 * @param receipt - of it
 */
export function passphrasesOf(request: SendRequest, { generated }: SendReceipt): string[] {
  return generated === undefined ? ownPassphrase(request) : [generated.passphrase];
}

function ownPassphrase({ lock }: SendRequest): string[] {
  return lock.kind === 'own' ? [lock.passphrase] : [];
}

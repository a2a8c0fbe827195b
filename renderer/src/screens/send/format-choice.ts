import type {
  Advice,
  AdviceNotice,
  AdviceRoute,
  FormatAdvice,
  MailService,
} from '../../../../app/contract/advice.ts';
import type { CommandInput } from '../../../../app/contract/commands.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';
import type { DraftView } from '../../../../app/contract/views.ts';
import type { FormatWish, Target } from './use-send-form.ts';

/** What the core is asked. */
type Question = CommandInput<'advise'>;

/** The kind of bundle in the draft. */
type Kind = Pick<DraftView, 'format' | 'hideNames'>;

/**
 * What counts: where nothing was said and the draft is of another kind than the usual one, that was chosen before the page was loaded.
 *
 * @param wish - as the form has it
 * @param draft - as the core has it
 */
export function effectiveWish(wish: FormatWish, draft: Kind): FormatWish {
  const said = wish.has !== null || wish.byName !== null;
  return said || draft.format === 'age'
    ? wish
    : { ...wish, byName: draft.format, hideNames: draft.hideNames };
}

/**
 * The route that advice is asked for. A download is handed over by hand, like a file in a folder.
 *
 * @param target - where the bundle is to go, if that was chosen
 */
export function routeOf(target: Target | null): AdviceRoute {
  return target?.kind === 's3' || target?.kind === 'email' ? target.kind : 'folder';
}

/**
 * What to ask. Without an answer the bundle is for Signet, as it always was.
 *
 * @param has - what the recipient has, if somebody said so
 * @param route - the way there
 * @param service - whose mail
 * @param hideNames - whether nobody on the way may read the documents' names
 */
export function questionFor(
  has: FormatWish['has'],
  route: AdviceRoute,
  service: MailService,
  hideNames: boolean,
): Question {
  return {
    has: has ?? 'signet',
    route,
    ...(route === 'email' ? { mailService: service } : {}),
    hideNames,
  };
}

/**
 * The change that the answer asks for.
 *
 * @param wish - what the person said
 * @param advice - the answer to it
 * @param draft - as it is
 * @returns `null` where the draft is as it should be, or the kind was chosen by its name, or nothing was said
 */
export function wantedFormat(wish: FormatWish, advice: Advice, draft: Kind): Kind | null {
  if (wish.has === null || wish.byName !== null) return null;
  const { format } = advice;
  // Only a ZIP shows names, so only there it makes a difference.
  const hideNames = format === 'zip' && wish.hideNames;
  const same = draft.format === format && (format !== 'zip' || draft.hideNames === hideNames);
  return same ? null : { format, hideNames };
}

/**
 * What is to be said of the kind of bundle in the draft.
 *
 * @param advice - about all kinds
 * @param format - of the draft
 */
export function adviceOn(advice: Advice, format: FormatId): FormatAdvice {
  return advice.formats.find((one) => one.format === format) ?? advice;
}

/** Said in another place of the screen, where it can be acted upon: the size in the email's part, the words at the passphrase. */
const SAID_ELSEWHERE: ReadonlySet<AdviceNotice['code']> = new Set([
  'mail-split',
  'mail-too-large',
  'weak-derivation',
]);

/** More than these stand one click deeper. */
const AT_ONCE = 2;

/**
 * The notices that are shown at once, and those that stand one click deeper.
 *
 * @param notices - the most important first
 */
export function sortNotices(notices: readonly AdviceNotice[]): {
  readonly first: readonly AdviceNotice[];
  readonly more: readonly AdviceNotice[];
} {
  const here = notices.filter(({ code }) => !SAID_ELSEWHERE.has(code));
  // A click for one line is more than the line.
  const shown = here.length === AT_ONCE + 1 ? here.length : AT_ONCE;
  return { first: here.slice(0, shown), more: here.slice(shown) };
}

import { activity } from './en/activity.ts';
import { advice } from './en/advice.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { inbox } from './en/inbox.ts';
import { mail } from './en/mail.ts';
import { open } from './en/open.ts';
import { send } from './en/send.ts';
import { settings } from './en/settings.ts';

/** Every string of the screen, in English. */
export const en = {
  common,
  send,
  mail,
  open,
  inbox,
  activity,
  settings,
  advice,
  errors,
} as const;

/** Other words under the same keys. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** What a translation has to have: the same keys, other words. A missing one does not compile. */
export type Catalogue = Words<typeof en>;

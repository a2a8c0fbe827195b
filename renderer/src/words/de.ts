import type { Catalogue } from './catalogue.ts';
import { activity } from './de/activity.ts';
import { advice } from './de/advice.ts';
import { common } from './de/common.ts';
import { errors } from './de/errors.ts';
import { inbox } from './de/inbox.ts';
import { mail } from './de/mail.ts';
import { open } from './de/open.ts';
import { send } from './de/send.ts';
import { settings } from './de/settings.ts';

/** Every string of the screen, in German. */
export const de: Catalogue = {
  common,
  send,
  mail,
  open,
  inbox,
  activity,
  settings,
  advice,
  errors,
};

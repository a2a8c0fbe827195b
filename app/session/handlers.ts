import { fileHandlers } from './file-handlers.ts';
import type { Handlers } from './handler.ts';
import { keepingHandlers } from './keeping-handlers.ts';
import { openHandlers } from './open-handlers.ts';
import { mailHandlers } from './mail-handlers.ts';
import type { Parts } from './parts.ts';
import { screenHandlers, type Screen } from './screen-handlers.ts';
import { sendHandlers } from './send-handlers.ts';

/**
 * What does the commands of a session.
 *
 * @param parts - of the session
 * @param screen - what the screen has to forget
 */
export function handlersOf(parts: Parts, screen: Screen): Handlers {
  return {
    ...fileHandlers(parts),
    ...sendHandlers(parts),
    ...mailHandlers(parts),
    ...openHandlers(parts),
    ...keepingHandlers(parts),
    ...screenHandlers(parts, screen),
  };
}

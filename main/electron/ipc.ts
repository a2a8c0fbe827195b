import { isAbsolute } from 'node:path';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { AppError } from '../../app/contract/errors.ts';
import type { Session } from '../../app/contract/host.ts';
import type { Result } from '../../app/contract/result.ts';
import type { Grant } from '../../app/contract/views.ts';
import { GRANT, INVOKE, PAGE_ORIGIN } from './channels.ts';

/** Longer than any path that a file system takes. */
const MAX_PATH = 32_768;

/** What of a message says who sent it. */
export interface Sender {
  readonly type: string;
  readonly senderFrame: Pick<
    NonNullable<IpcMainInvokeEvent['senderFrame']>,
    'origin' | 'parent'
  > | null;
}

/**
 * Lets only our own page pass: the top frame of `app://ui`. A frame that is gone cannot be asked and is refused.
 *
 * @param event - of the message
 * @throws `host-failed`, which rejects the sender's promise and tells nothing
 */
export function checkSender(event: Sender): void {
  const frame = event.senderFrame;
  if (event.type !== 'frame' || frame?.parent !== null || frame.origin !== PAGE_ORIGIN)
    throw new AppError('host-failed', {});
}

/**
 * Answers on the one channel.
 *
 * @param ipcMain - Electron's
 * @param session - the core, once it runs
 */
export function answer(
  ipcMain: Pick<IpcMain, 'handle'>,
  session: Promise<Pick<Session, 'grant' | 'invoke'>>,
): void {
  ipcMain.handle(INVOKE, async (event, ...message: unknown[]) => {
    checkSender(event);
    if (message.length !== 2) throw new AppError('host-failed', {});
    const [command, input] = message;
    return command === GRANT
      ? await grantPath(await session, input)
      : await (await session).invoke(command, input);
  });
}

/**
 * A dropped file's path comes from the preload, which had it from Electron. A file that a script made up has none. Whoever took over the
 * page's process could name any path here: it is good for reading only.
 */
async function grantPath(session: Pick<Session, 'grant'>, input: unknown): Promise<Result<Grant>> {
  if (typeof input !== 'string' || !isPath(input)) {
    return { ok: false, error: { code: 'input-invalid', data: { command: GRANT } } };
  }
  const granted = await session.grant([{ path: input, readOnly: true }]);
  if (!granted.ok) return granted;
  const [grant] = granted.value;
  if (grant === undefined) return { ok: false, error: { code: 'host-failed', data: {} } };
  return { ok: true, value: grant };
}

function isPath(text: string): boolean {
  return text.length <= MAX_PATH && isAbsolute(text) && !text.includes('\0');
}

import { createApp, type App } from './app.ts';
import { AppError, toAppError } from './contract/errors.ts';
import { COMMANDS, type CommandName } from './contract/commands.ts';
import type { Granted, HostPorts, Session, SessionOptions } from './contract/host.ts';
import type { Result } from './contract/result.ts';
import { handlersOf } from './session/handlers.ts';
import { makeParts } from './session/parts.ts';

/**
 * Makes the core behind the screen: it holds the state, runs the commands, and keeps the secrets.
 *
 * @param options - what the host says of itself
 * @param ports - what the host does for the core
 * @param app - does the work
 * @throws `output-unsafe`, `output-unwritable`, `disk-full` when there can be no private folder
 */
export async function createSession(
  options: SessionOptions,
  ports: HostPorts,
  app: App = createApp(),
): Promise<Session> {
  const closing = new AbortController();
  const parts = await makeParts(app, options, ports, closing.signal);
  const { jobs, notices, grants, draft, receipts, bundles, connections, accounts, staging } = parts;
  const handlers = handlersOf(parts, { locked: 0 });
  let closed: Promise<void> | undefined;

  async function answering<T>(work: () => T | Promise<T>): Promise<Result<T>> {
    try {
      if (closed !== undefined) throw new AppError('host-gone', {});
      return { ok: true, value: await work() };
    } catch (error) {
      const { code, data } = toAppError(error);
      return { ok: false, error: { code, data } };
    }
  }

  async function close(): Promise<void> {
    closing.abort();
    await Promise.all([jobs.close(), draft.close()]);
    receipts.forgetAll();
    bundles.forgetSecrets();
    parts.passphrases.forget();
    connections.close();
    accounts.close();
    await staging.empty();
    notices.close();
  }

  return {
    invoke: (command, input) =>
      answering(() => {
        const name = commandName(command);
        const handler = handlers[name] as (input: unknown) => unknown;
        return handler(parsed(name, input));
      }),
    listen: (onEvent) => notices.listen(onEvent),
    grant: (files: readonly Granted[]) => answering(() => grants.give(files)),
    openFile: (path) =>
      answering(async () => {
        await grants.give([{ path }]);
        await bundles.take({ path, staged: false });
        return null;
      }),
    running: () => Promise.resolve(jobs.running),
    close: () => (closed ??= close()),
  };
}

function commandName(command: unknown): CommandName {
  if (typeof command === 'string' && Object.hasOwn(COMMANDS, command))
    return command as CommandName;
  throw new AppError('input-invalid', { command: '' });
}

function parsed(command: CommandName, input: unknown): unknown {
  try {
    return COMMANDS[command].input.parse(input);
  } catch {
    // The cause would quote the input, which may hold a passphrase.
    throw new AppError('input-invalid', { command });
  }
}

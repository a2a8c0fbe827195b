import type { CommandInput, CommandName, CommandOutput } from '../../../app/contract/commands.ts';
import type { HostEvent } from '../../../app/contract/events.ts';
import type { Result } from '../../../app/contract/result.ts';
import type { Grant } from '../../../app/contract/views.ts';
import { HOST_GONE, type Bridge } from './bridge.ts';

/** How long to wait before the event stream is asked for again, in milliseconds. */
const RETRY = 1_000;

/**
 * The bridge to the loopback host: commands by POST, events as lines of a streaming answer, files as streams.
 *
 * @param token - what the launch secret was exchanged for; it lives in this closure alone
 */
export function webBridge(token: string): Bridge {
  const authorization = `Bearer ${token}`;
  const post = (path: string, body: string, signal?: AbortSignal): Promise<Response> =>
    fetch(path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    run: async <N extends CommandName>(name: N, input: CommandInput<N>) => {
      try {
        const answer = await post(`/api/${name}`, JSON.stringify(input));
        return answer.ok ? ((await answer.json()) as Result<CommandOutput<N>>) : HOST_GONE;
      } catch {
        return HOST_GONE;
      }
    },
    listen: (onEvent) => {
      const stopped = new AbortController();
      void follow((signal) => post('/events', '{}', signal), onEvent, stopped.signal);
      return () => {
        stopped.abort();
      };
    },
    grantFile: async (file, name) => {
      try {
        const answer = await fetch('/files', {
          method: 'POST',
          headers: {
            authorization,
            'content-type': 'application/octet-stream',
            'x-signet-name': encodeURIComponent(name ?? file.name),
            'x-signet-modified': String(file.lastModified),
          },
          body: file,
          credentials: 'omit',
          redirect: 'error',
        });
        return answer.ok ? ((await answer.json()) as Result<Grant>) : HOST_GONE;
      } catch {
        // The browser could not read the file, or the host has gone: asked for next, the host will say which.
        return { ok: false, error: { code: 'document-unreadable', data: { name: file.name } } };
      }
    },
    dropsFolders: false,
  };
}

/** Whoever hears this asks for the snapshot, and finds out whether there is still somebody to ask. */
const ASK: HostEvent = { kind: 'changed', revision: Number.MAX_SAFE_INTEGER };

/** Reads events until it is stopped or turned away; asks again when the stream breaks off. */
async function follow(
  open: (signal: AbortSignal) => Promise<Response>,
  onEvent: (event: HostEvent) => void,
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    try {
      const answer = await open(stopped);
      if (answer.status === 401) {
        onEvent(ASK);
        return;
      }
      if (answer.ok && answer.body !== null) await readLines(answer.body, onEvent);
    } catch {
      // Broken off: the host ended, or the machine slept. Whoever listens asks, and finds out which.
      if (isOver(stopped)) return;
      onEvent(ASK);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
}

/** Asked of a function, because it changes while something is awaited. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}

async function readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvent: (event: HostEvent) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onEvent(JSON.parse(line) as HostEvent);
  }
}

/**
 * Exchanges the launch secret in the address for a token, and takes it out of the address at once.
 *
 * @returns the token, or `null` when there was no secret or it was not accepted
 */
export async function startWebSession(): Promise<string | null> {
  const secret = location.hash.slice(1);
  if (secret === '') return null;
  history.replaceState(null, '', location.pathname);
  try {
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
      credentials: 'omit',
      redirect: 'error',
    });
    if (!answer.ok) return null;
    const { token } = (await answer.json()) as { token: string };
    return token;
  } catch {
    return null;
  }
}

/**
 * Asks the host to open a new page in the browser: what a page can do whose token is lost.
 *
 * @returns whether the new page will come
 */
export async function reopen(): Promise<boolean> {
  try {
    const answer = await fetch('/open', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      credentials: 'omit',
      redirect: 'error',
    });
    return answer.ok && ((await answer.json()) as { opened: boolean }).opened;
  } catch {
    return false;
  }
}

import { expect } from 'vitest';
import type { CommandInput, CommandName, CommandOutput } from '../../app/contract/commands.ts';
import type { HostEvent } from '../../app/contract/events.ts';
import type { Result } from '../../app/contract/result.ts';
import type { Grant, JobView, Snapshot } from '../../app/contract/views.ts';

/** The page as the loopback host sees it, without a browser. */
export interface WebPage {
  readonly token: string;
  /** Runs a command that has to succeed. */
  run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  upload(name: string, content: Uint8Array): Promise<Grant>;
  /** Waits until a job has ended. */
  jobEnded(id: string): Promise<JobView>;
  download(path: string): Promise<Buffer>;
}

/**
 * Comes in by a link, as the page does.
 *
 * @param link - with its secret
 */
export async function enterPage(link: string): Promise<WebPage> {
  const { origin, hash } = new URL(link);
  const own = { origin, 'sec-fetch-site': 'same-origin' };
  const post = (path: string, headers: Record<string, string>, body: string): Promise<Response> =>
    fetch(origin + path, {
      method: 'POST',
      headers: { ...own, 'content-type': 'application/json', ...headers },
      body,
    });
  const entered = await post('/session', {}, JSON.stringify({ secret: hash.slice(1) }));
  expect(entered.status).toBe(200);
  const { token } = (await entered.json()) as { token: string };
  const authorization = `Bearer ${token}`;
  const page: WebPage = {
    token,
    run: async (name, input) => {
      const answer = await post(`/api/${name}`, { authorization }, JSON.stringify(input));
      return valueOf((await answer.json()) as Result<CommandOutput<typeof name>>);
    },
    upload: async (name, content) => {
      const answer = await fetch(`${origin}/files`, {
        method: 'POST',
        headers: {
          ...own,
          authorization,
          'content-type': 'application/octet-stream',
          'x-signet-name': encodeURIComponent(name),
          'x-signet-modified': '1700000000000',
        },
        body: new Uint8Array(content),
      });
      return valueOf((await answer.json()) as Result<Grant>);
    },
    jobEnded: async (id) => {
      const events = await post('/events', { authorization }, '{}');
      for await (const event of eventsIn(events)) {
        if (event.kind !== 'changed') continue;
        const { jobs }: Snapshot = await page.run('getSnapshot', {});
        const job = jobs.find((each) => each.id === id);
        if (job !== undefined && job.state !== 'running' && job.state !== 'cancelling') return job;
      }
      throw new Error('the stream of events ended before the job');
    },
    download: async (path) => {
      const answer = await fetch(origin + path, { headers: { 'sec-fetch-site': 'same-origin' } });
      expect(answer.status).toBe(200);
      return Buffer.from(await answer.arrayBuffer());
    },
  };
  return page;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function* eventsIn(response: Response): AsyncGenerator<HostEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  const pieces: AsyncIterable<Uint8Array> = response.body!;
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as HostEvent;
  }
}

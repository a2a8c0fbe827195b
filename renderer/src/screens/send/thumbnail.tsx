import { useEffect, useState, type ReactNode } from 'react';
import { useRun } from '../../state/core.tsx';

/** Pictures asked for at the same time: a list scrolled quickly wants many, and only the last ones matter. */
const AT_ONCE = 3;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<R>(work: () => Promise<R>): Promise<R> {
  if (running >= AT_ONCE)
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.pop()?.();
  }
}

/** A small picture of a document, once it is there. */
export function Thumbnail({
  id,
  fallback,
}: {
  readonly id: string;
  readonly fallback: ReactNode;
}): ReactNode {
  const run = useRun();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    let made: string | null = null;
    void inTurn(async () => {
      if (!wanted) return;
      const answer = await run('previewDocument', { document: id });
      if (!answer.ok || answer.value === null) return;
      const bytes = Uint8Array.from(atob(answer.value.base64), (c) => c.charCodeAt(0));
      made = URL.createObjectURL(new Blob([bytes], { type: answer.value.type }));
      // The effect may have been undone while the answer was on its way.
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
      if (wanted) setUrl(made);
      else URL.revokeObjectURL(made);
    });
    return () => {
      wanted = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id, run]);
  if (url === null) return fallback;
  return (
    <img
      className="thumbnail"
      src={url}
      alt=""
      onError={() => {
        setUrl(null);
      }}
    />
  );
}

import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DraftDocument } from '../../../../app/contract/views.ts';
import { useRun } from '../../state/core.tsx';
import { useWords } from '../../words/use-words.ts';

/** The name of a document while it is being changed: Enter takes it, Esc leaves it as it was. */
export function RenameInput({
  document,
  onDone,
}: {
  readonly document: DraftDocument;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const [name, setName] = useState(document.name);
  const input = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => {
    const element = input.current;
    if (element === null) return;
    element.focus();
    // What people change is the part before the ending, in the last folder.
    const start = document.name.lastIndexOf('/') + 1;
    const dot = document.name.lastIndexOf('.');
    element.setSelectionRange(start, dot > start ? dot : document.name.length);
  }, [document.name]);
  const finish = (take: boolean): void => {
    if (over.current) return;
    over.current = true;
    if (take && name !== document.name) void run('renameDocument', { document: document.id, name });
    onDone();
  };
  return (
    <input
      ref={input}
      className="input document-input"
      aria-label={t('send.documents.name')}
      value={name}
      spellCheck={false}
      onChange={(event) => {
        setName(event.target.value);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(true);
        else if (event.key === 'Escape') finish(false);
      }}
      onBlur={() => {
        finish(true);
      }}
    />
  );
}

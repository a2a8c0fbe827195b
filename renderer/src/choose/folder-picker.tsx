import { ArrowUp, Folder, FolderPlus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { FolderListing, Grant } from '../../../app/contract/views.ts';
import { useRun } from '../state/core.tsx';
import { useAction } from '../state/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Field } from '../ui/field.tsx';
import { useWords } from '../words/use-words.ts';
import { visible } from '../words/visible.ts';
import './folder-picker.css';

const ROW = 36;

// Where it was last time, for the next.
const last: { folder: string | null } = { folder: null };

/** Lets the person choose a folder of this machine, in the page itself: a browser has no dialog for that. */
export function FolderPicker({
  onDone,
}: {
  /** Hears the folder, or `null` when none was chosen. */
  readonly onDone: (folder: Grant | null) => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { busy, error, act } = useAction();
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [naming, setNaming] = useState(false);
  const folders = useRef<HTMLDivElement>(null);

  const show = async (folder: string | undefined): Promise<void> => {
    const found = await act(() => run('listFolder', folder === undefined ? {} : { folder }));
    if (found === undefined) return;
    last.folder = found.folder.id;
    setNaming(false);
    setListing(found);
  };
  useEffect(() => {
    let current = true;
    void act(async () => {
      const before = last.folder === null ? null : await run('listFolder', { folder: last.folder });
      // The folder of last time may be gone.
      return before?.ok === true ? before : run('listFolder', {});
    }).then((found) => {
      if (current && found !== undefined) setListing(found);
    });
    return () => {
      current = false;
    };
  }, [act, run]);
  const isEmpty = listing?.folders.length === 0;
  useEffect(() => {
    // Backspace has to lead out of an empty folder, too.
    if (isEmpty) folders.current?.focus();
  }, [isEmpty]);

  const up = (): void => {
    const parent = listing?.parent;
    if (parent !== null && parent !== undefined) void show(parent.id);
  };
  return (
    <Dialog
      title={t('open.picker.title')}
      isOpen
      wide
      onClose={() => {
        onDone(null);
      }}
      actions={
        <>
          <Button
            onPress={() => {
              onDone(null);
            }}
          >
            {t('common.actions.cancel')}
          </Button>
          <Button
            kind="primary"
            isDisabled={listing === null || busy}
            onPress={() => {
              onDone(listing?.folder ?? null);
            }}
          >
            {t('open.picker.choose')}
          </Button>
        </>
      }
    >
      <div className="row">
        <Button
          kind="icon"
          aria-label={t('open.picker.up')}
          isDisabled={busy || (listing?.parent ?? null) === null}
          onPress={up}
        >
          <ArrowUp size={18} aria-hidden />
        </Button>
        <p className="grow mono picker-path" role="status">
          {listing === null ? t('open.picker.loading') : visible(listing.path)}
        </p>
        <Button
          isDisabled={listing === null || busy}
          onPress={() => {
            setNaming(true);
          }}
        >
          <FolderPlus size={17} aria-hidden />
          {t('open.picker.newFolder')}
        </Button>
      </div>
      {naming && listing !== null ? (
        <NewFolder
          parent={listing.folder.id}
          onMade={(made) => void show(made.id)}
          onClose={() => {
            setNaming(false);
          }}
        />
      ) : null}
      <ErrorNotice error={error} />
      {listing === null ? null : (
        <div
          className="picker-list"
          onKeyDown={(event) => {
            if (event.key !== 'Backspace') return;
            event.preventDefault();
            up();
          }}
        >
          <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW, padding: 4 }}>
            <ListBox
              ref={folders}
              key={listing.folder.id}
              aria-label={t('open.picker.list')}
              autoFocus={listing.folders.length === 0 ? false : 'first'}
              items={listing.folders}
              onAction={(folder) => void show(String(folder))}
              renderEmptyState={() => (
                <p className="small quiet picker-none">{t('open.picker.none')}</p>
              )}
            >
              {(folder) => (
                <ListBoxItem textValue={folder.name} className="picker-folder">
                  <Folder size={17} aria-hidden />
                  <span className="cut">{visible(folder.name)}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </Virtualizer>
        </div>
      )}
      <p className="small quiet">{t('open.picker.keys')}</p>
    </Dialog>
  );
}

function NewFolder({
  parent,
  onMade,
  onClose,
}: {
  readonly parent: string;
  readonly onMade: (made: Grant) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const run = useRun();
  const { busy, error, act } = useAction();
  const [name, setName] = useState('');
  const ready = name.trim() !== '' && !busy;
  const make = async (): Promise<void> => {
    const made = await act(() => run('makeFolder', { parent, name: name.trim() }));
    if (made !== undefined) onMade(made);
  };
  return (
    <div className="stack-s">
      <Field
        label={t('open.picker.newName')}
        autoFocus
        value={name}
        onChange={setName}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && ready) void make();
          // Esc leaves the field, and not the whole dialog.
          else if (event.key === 'Escape') onClose();
          else event.continuePropagation();
        }}
        after={
          <Button isDisabled={!ready} onPress={() => void make()}>
            {t('open.picker.make')}
          </Button>
        }
      />
      <ErrorNotice error={error} />
    </div>
  );
}

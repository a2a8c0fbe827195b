import {
  File,
  FileArchive,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileVideoCamera,
  Folder,
  Pencil,
  TriangleAlert,
  X,
  type LucideIcon,
} from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { DocumentKind, DraftDocument } from '../../../../app/contract/views.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { useList } from '../../state/use-list.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatSize } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { blocks, remarkWords } from './remarks.ts';
import { RenameInput } from './rename-input.tsx';
import { Thumbnail } from './thumbnail.tsx';

const ICONS: Record<DocumentKind, LucideIcon> = {
  pdf: FileText,
  image: FileImage,
  text: FileText,
  sheet: FileSpreadsheet,
  archive: FileArchive,
  video: FileVideoCamera,
  audio: FileMusic,
  folder: Folder,
  other: File,
};
/** In pixels, the same for all, so that thousands of rows need not be measured. */
const ROW = 52;
const MOST_ROWS = 6.5;

/** The documents, one line each, however many. */
export function DocumentsList({ frozen }: { readonly frozen: boolean }): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const { draft } = useSnapshot();
  const fetchList = useCallback(() => run('listDocuments', {}), [run]);
  const { items, error } = useList(fetchList, draft.revision);
  const [renaming, setRenaming] = useState<string | null>(null);
  const rows = items ?? [];
  return (
    <>
      <ErrorNotice error={error} />
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW }}>
        <GridList
          aria-label={t('send.documents.list')}
          className="documents-list"
          style={{ height: Math.min(MOST_ROWS, Math.max(1, rows.length)) * ROW }}
          items={rows}
          dependencies={[renaming, frozen, language]}
          keyboardNavigationBehavior="tab"
        >
          {(document) => (
            <GridListItem id={document.id} textValue={document.name} className="document">
              <Row
                document={document}
                frozen={frozen}
                renaming={renaming === document.id}
                onRename={(open) => {
                  setRenaming(open ? document.id : null);
                }}
              />
            </GridListItem>
          )}
        </GridList>
      </Virtualizer>
    </>
  );
}

function Row({
  document,
  frozen,
  renaming,
  onRename,
}: {
  readonly document: DraftDocument;
  readonly frozen: boolean;
  readonly renaming: boolean;
  readonly onRename: (open: boolean) => void;
}): ReactNode {
  const { t, language } = useWords();
  const run = useRun();
  const Icon = ICONS[document.kind];
  const slash = document.name.lastIndexOf('/');
  const folder = document.name.slice(0, slash + 1);
  const name = document.name.slice(slash + 1);
  return (
    <>
      <span className="document-icon">
        {document.preview ? (
          <Thumbnail id={document.id} fallback={<Icon size={20} aria-hidden />} />
        ) : (
          <Icon size={20} strokeWidth={1.6} aria-hidden />
        )}
      </span>
      {renaming ? (
        <RenameInput
          document={document}
          onDone={() => {
            onRename(false);
          }}
        />
      ) : (
        <span className="document-name" title={document.name}>
          {folder === '' ? null : <span className="quiet document-folder">{folder}</span>}
          <span className="cut">{name}</span>
        </span>
      )}
      <Remarks document={document} />
      <span className="document-size small quiet number">
        {document.kind === 'folder'
          ? t('send.documents.emptyFolder')
          : formatSize(document.bytes, language)}
      </span>
      <Button
        kind="icon"
        aria-label={t('send.documents.rename', { name: document.name })}
        isDisabled={frozen || renaming}
        onPress={() => {
          onRename(true);
        }}
      >
        <Pencil size={15} aria-hidden />
      </Button>
      <Button
        kind="icon"
        aria-label={t('send.documents.remove', { name: document.name })}
        isDisabled={frozen}
        onPress={() => {
          void run('removeDocuments', { documents: [document.id] });
        }}
      >
        <X size={16} aria-hidden />
      </Button>
    </>
  );
}

function Remarks({ document }: { readonly document: DraftDocument }): ReactNode {
  const { t } = useWords();
  return (
    <span className="document-remarks">
      {document.remarks.map((remark) => {
        const { title, meaning } = remarkWords(remark, t);
        const blocking = blocks(remark);
        return (
          <span
            key={remark.kind}
            className={blocking ? 'tag tag-bad' : 'tag tag-warn'}
            title={meaning}
          >
            <TriangleAlert size={12} aria-hidden />
            {title}
            <span className="unseen">. {meaning}</span>
          </span>
        );
      })}
    </span>
  );
}

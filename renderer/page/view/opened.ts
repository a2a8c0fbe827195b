import type { OpenedBundle, OpenedDocument } from '../reader/open.ts';
import { formatSize, numberFormat } from '../../src/words/format.ts';
import { visible, visibleLines } from '../../src/words/visible.ts';
import { download } from '../save/save.ts';
import { zipOf } from '../save/zip.ts';
import { problemWords } from '../words/problem-words.ts';
import type { Language } from '../words/language.ts';
import { button, make } from './dom.ts';
import { icon } from './icons.ts';
import { alarm, notice } from './notice.ts';

/** More rows would make the page slow; who has more documents saves them all. */
const MAX_ROWS = 2000;

/** What happens with an opened bundle. */
export interface OpenedOptions {
  /** What the ZIP of all documents is called. */
  readonly zipName: string;
  readonly onClose: () => void;
}

/** The view of an opened bundle. */
export interface OpenedView {
  readonly element: HTMLElement;
  /** Leads to what was found out. */
  focus(): void;
}

/**
 * Shows what came out of a bundle, to be saved.
 *
 * @param bundle - what came out
 * @param language - in which
 * @param options - what else
 */
export function openedView(
  bundle: OpenedBundle,
  language: Language,
  options: OpenedOptions,
): OpenedView {
  const { opened } = language.words;
  const verified = bundle.sums === 'matched';
  const verdict = notice(
    'good',
    verified ? opened.verified : opened.intact,
    `${opened[bundle.sums]} ${opened.sealedBy}`,
  );
  verdict.tabIndex = -1;
  verdict.setAttribute('role', 'group');
  const said = make('p', { role: 'status', class: 'small quiet said' });
  const save = (content: Blob, name: string): void => {
    download(content, name);
    said.textContent = opened.saved(visible(name));
  };
  const element = make(
    'section',
    { class: 'stack' },
    verdict,
    bundle.note === undefined ? undefined : noteView(bundle.note, opened.note),
    documentsView(bundle, language, save),
    saveBar(bundle, language, options, { said, save }),
  );
  return {
    element,
    focus: () => {
      verdict.focus();
    },
  };
}

function noteView(note: string, title: string): HTMLElement {
  return make(
    'figure',
    { class: 'note' },
    make('figcaption', { class: 'small quiet' }, title),
    make('blockquote', {}, visibleLines(note)),
  );
}

function documentsView(
  { documents, sums }: OpenedBundle,
  language: Language,
  save: (content: Blob, name: string) => void,
): HTMLElement {
  const { opened } = language.words;
  const number = (count: number): string => numberFormat(language.tag).format(count);
  const bytes = documents.reduce((sum, document) => sum + document.bytes, 0);
  const total =
    documents.length === 0
      ? opened.none
      : opened.total(documents.length, number(documents.length), formatSize(bytes, language.tag));
  const hidden = documents.length - MAX_ROWS;
  return make(
    'div',
    { class: 'stack-s' },
    make(
      'div',
      { class: 'row row-apart' },
      make('h1', {}, opened.heading),
      make('span', { class: 'small quiet number' }, total),
    ),
    make(
      'ul',
      { class: 'documents' },
      ...documents
        .slice(0, MAX_ROWS)
        .map((document) => row(document, sums === 'matched', language, save)),
    ),
    hidden > 0 ? make('p', { class: 'small quiet' }, opened.more(number(hidden))) : undefined,
  );
}

function row(
  document: OpenedDocument,
  verified: boolean,
  language: Language,
  save: (content: Blob, name: string) => void,
): HTMLElement {
  const { opened } = language.words;
  const name = visible(document.name);
  const last = document.name.slice(document.name.lastIndexOf('/') + 1);
  return make(
    'li',
    { class: 'document' },
    make(
      'div',
      { class: 'grow' },
      make('p', { class: 'document-name wrap-anywhere' }, name),
      make(
        'p',
        { class: 'small row row-wrap document-facts' },
        make('span', { class: 'quiet number' }, formatSize(document.bytes, language.tag)),
        make(
          'span',
          { class: 'mark-good row' },
          icon('check', 15),
          verified ? opened.verifiedOne : opened.intactOne,
        ),
      ),
      make(
        'p',
        { class: 'small quiet sum' },
        `${opened.sum} `,
        make('code', { class: 'mono wrap-anywhere' }, document.sha256),
      ),
    ),
    button(
      'usual',
      opened.save,
      () => {
        save(document.content, last);
      },
      { 'aria-label': opened.saveNamed(name) },
    ),
  );
}

function saveBar(
  bundle: OpenedBundle,
  language: Language,
  { zipName, onClose }: OpenedOptions,
  {
    said,
    save,
  }: { readonly said: HTMLElement; readonly save: (content: Blob, name: string) => void },
): HTMLElement {
  const { opened } = language.words;
  const { documents, emptyFolders } = bundle;
  const bar = make('div', { class: 'save-bar stack-s' });
  const count = numberFormat(language.tag).format(documents.length);
  const saveAll = button(
    'primary',
    opened.saveAll(documents.length, count),
    () => {
      saveAll.disabled = true;
      said.textContent = opened.packing;
      zipOf(documents, emptyFolders, new Date())
        .then((zip) => {
          save(zip, zipName);
        })
        .catch((error: unknown) => {
          said.textContent = '';
          bar.prepend(alarm(problemWords(error, language)));
        })
        .finally(() => {
          saveAll.disabled = false;
        });
    },
    { class: 'button button-primary button-large' },
  );
  saveAll.prepend(icon('download'));
  const many = documents.length + emptyFolders.length > 1;
  bar.append(
    make(
      'div',
      { class: 'row row-wrap' },
      many ? saveAll : undefined,
      button('plain', opened.close, onClose),
    ),
    many ? make('p', { class: 'small quiet' }, opened.zipHint) : '',
    said,
  );
  return bar;
}

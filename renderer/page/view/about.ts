import { forShell, nameBeside } from '../save/save.ts';
import type { Language } from '../words/language.ts';
import { button, make } from './dom.ts';

/** What the page knows of itself. */
export interface AboutPage {
  /** The page's file name. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the reader's program. */
  readonly program: Promise<string>;
  /** Of the sealed file: log2 of scrypt's N, where that was found. */
  readonly logN?: number | undefined;
  /** Gives out the sealed file. */
  readonly onSaveAge?: () => void;
  /** Licence texts of what the program was made of. */
  readonly licences: string;
}

/**
 * The safer ways to the documents, how to check the page, and who made it, one click deep.
 *
 * @param page - what it knows of itself
 * @param language - in which
 */
export function aboutView(page: AboutPage, language: Language): HTMLElement {
  const { about } = language.words;
  const file = forShell(page.name);
  // The lines of the bundle, by how they begin: no other line of the page begins like that.
  const lines = "'/^-----BEGIN/,/^-----END/";
  return make(
    'details',
    { class: 'about' },
    make('summary', {}, about.title),
    make(
      'div',
      { class: 'stack' },
      part(about.signetTitle, make('p', {}, about.signet)),
      part(
        about.ageTitle,
        make('p', {}, about.age),
        commandView(`sed -n ${lines}p' ${file} | age -d | tar x`),
        page.onSaveAge === undefined
          ? undefined
          : make(
              'p',
              { class: 'row row-wrap' },
              button('usual', about.ageFile, page.onSaveAge),
              make(
                'span',
                { class: 'small quiet' },
                `${nameBeside(page.name, '.tar.age')}, ${about.ageFileHint}`,
              ),
            ),
      ),
      part(
        about.checkTitle,
        make('p', {}, about.check),
        commandView(`sed ${lines}d' ${file} | sha256sum`),
      ),
      factsView(page, language),
      make(
        'details',
        {},
        make('summary', { class: 'small' }, about.licences),
        // It can be scrolled with the keys only where it can be reached with them.
        make('pre', { class: 'small licences', tabindex: 0 }, page.licences),
      ),
    ),
  );
}

function part(title: string, ...children: readonly (Node | undefined)[]): HTMLElement {
  return make('section', { class: 'stack-s' }, make('h2', {}, title), ...children);
}

/** One click selects all of it: a page from disk may not write to every browser's clipboard. */
function commandView(command: string): HTMLElement {
  return make(
    'pre',
    { class: 'command', tabindex: 0 },
    make('code', { class: 'mono small' }, command),
  );
}

function factsView(page: AboutPage, { words: { about } }: Language): HTMLElement {
  const program = make('dd', { class: 'mono wrap-anywhere' });
  void page.program.then((sum) => {
    program.textContent = `SHA-256 ${sum}`;
  });
  return make(
    'dl',
    { class: 'facts small' },
    make('dt', {}, about.madeBy),
    make('dd', {}, `Signet ${page.version}`),
    make('dt', {}, about.program),
    program,
    make('dt', {}, about.format),
    make('dd', {}, `age (age-encryption.org/v1), tar, ${about.cipher}`),
    ...(page.logN === undefined
      ? []
      : [make('dt', {}, about.key), make('dd', {}, about.keyTerms(page.logN))]),
    make('dt', {}, about.network),
    make('dd', {}, about.noNetwork),
  );
}

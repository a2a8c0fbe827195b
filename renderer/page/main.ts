import './page.css';
import { isAppError } from '../../app/contract/errors.ts';
import { formatSize } from '../src/words/format.ts';
import { findCarried, type Carried } from './reader/armor.ts';
import { sha256Of } from './reader/digest.ts';
import { workFactor } from './reader/header.ts';
import { headerOf, openBundle, type OpenedBundle } from './reader/open.ts';
import { ageFile, download, nameBeside, pageName } from './save/save.ts';
import { aboutView } from './view/about.ts';
import { make } from './view/dom.ts';
import { icon, mark } from './view/icons.ts';
import { alarm, notice } from './view/notice.ts';
import { openedView } from './view/opened.ts';
import { passphraseForm } from './view/passphrase-form.ts';
import { progressView } from './view/progress.ts';
import { problemWords } from './words/problem-words.ts';
import { languageFor } from './words/language.ts';

/** The reader's own program, which the policy of the page has to name by its sum. */
const program = document.currentScript?.textContent ?? '';

const language = languageFor(navigator.languages);
const { words } = language;
const name = pageName(location.href);
const card = make('section', { class: 'card' });
const below = make('div', { class: 'below' });

start();

function start(): void {
  document.documentElement.lang = language.tag;
  document.title = words.title;
  const main = document.querySelector('main');
  main?.replaceChildren(
    make('header', { class: 'brand row' }, mark(26), make('span', {}, 'Signet')),
    card,
    below,
  );
  show(make('p', { class: 'quiet', role: 'status' }, words.loading));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', look);
  else look();
}

/** Looks for the bundle, once all of the page is there. */
function look(): void {
  const elements = document.querySelectorAll('#bundle');
  const texts = Array.from(elements, (element) => element.textContent);
  try {
    const carried = findCarried(texts);
    const logN = workFactor(headerOf(carried));
    showAbout({ carried, logN });
    showLocked(carried);
  } catch (error) {
    showAbout();
    show(heading(), problemOf(error));
  }
}

function showAbout(found?: { readonly carried: Carried; readonly logN: number | undefined }): void {
  below.replaceChildren(
    aboutView(
      {
        name,
        version: SIGNET_VERSION,
        program: sha256Of(new TextEncoder().encode(program)),
        licences: document.querySelector('#licences')?.textContent.trim() ?? '',
        ...(found === undefined
          ? {}
          : {
              logN: found.logN,
              onSaveAge: () => {
                saveAge(found.carried);
              },
            }),
      },
      language,
    ),
    make('p', { class: 'small quiet' }, words.about.made(SIGNET_VERSION)),
  );
}

function saveAge(carried: Carried): void {
  try {
    download(ageFile(carried), nameBeside(name, '.tar.age'));
  } catch (error) {
    card.prepend(problemOf(error));
  }
}

function showLocked(carried: Carried): void {
  const { caution } = words;
  const messages = make('div', {});
  const warning = notice('warn', caution.title, caution.meaning);
  let stop: AbortController | undefined;
  const progress = progressView(words, () => stop?.abort());
  // The form is only hidden while a passphrase is tried, so that what was typed is still there when it was not the right one.
  const entry = make('div', { class: 'stack' });
  const setRunning = (running: boolean): void => {
    entry.hidden = running;
    progress.element.hidden = !running;
    if (!running) stop = undefined;
  };
  const form = passphraseForm(words, (typed) => {
    if (stop !== undefined) return;
    stop = new AbortController();
    messages.replaceChildren();
    setRunning(true);
    progress.update({ stage: 'derive', share: 0 });
    openBundle(carried, typed, { signal: stop.signal, onProgress: progress.update }).then(
      (bundle) => {
        form.clear();
        showOpened(bundle, carried);
      },
      (error: unknown) => {
        setRunning(false);
        if (isAppError(error, 'wrong-passphrase')) {
          messages.replaceChildren(wrongPassphrase());
          warning.remove();
        } else if (!isAppError(error, 'cancelled')) messages.replaceChildren(problemOf(error));
        form.focus();
      },
    );
  });
  entry.append(warning, form.element);
  setRunning(false);
  show(heading(formatSize(carried.bytes, language.tag)), messages, progress.element, entry);
  form.focus();
}

function wrongPassphrase(): HTMLElement {
  const { wrong, wrongMeaning, wrongNext } = words.locked;
  return alarm({ title: wrong, meaning: wrongMeaning, next: wrongNext });
}

function showOpened(bundle: OpenedBundle, carried: Carried): void {
  const view = openedView(bundle, language, {
    zipName: nameBeside(name, '.zip'),
    onClose: () => {
      showLocked(carried);
    },
  });
  show(view.element);
  view.focus();
}

function heading(size?: string): HTMLElement {
  const { locked } = words;
  return make(
    'div',
    { class: 'stack-s' },
    make('h1', {}, locked.heading),
    make('p', { class: 'quiet' }, locked.meaning),
    size === undefined
      ? undefined
      : make(
          'p',
          { class: 'small quiet size' },
          icon('lock', 15),
          `${name}, ${locked.sealed(size)}`,
        ),
  );
}

function problemOf(error: unknown): HTMLElement {
  const code = isAppError(error) ? error.code : 'internal';
  return alarm(problemWords(error, language), words.problems.code(code));
}

function show(...children: readonly HTMLElement[]): void {
  card.replaceChildren(make('div', { class: 'stack' }, ...children));
}

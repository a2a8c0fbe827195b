import {
  canonicalWords,
  countWords,
  unknownWords,
  type UnknownWord,
} from '../../../app/passphrase/entry.ts';
import { replaceWord } from '../../src/screens/open/replace-word.ts';
import { visible } from '../../src/words/visible.ts';
import type { Words } from '../words/words.ts';
import { button, make } from './dom.ts';
import { icon } from './icons.ts';

/** How long the keys have to rest before words are looked up, in milliseconds. */
const PAUSE_MS = 450;

/** The form for the passphrase. */
export interface PassphraseForm {
  readonly element: HTMLElement;
  focus(): void;
  /** Forgets what was typed. */
  clear(): void;
}

/**
 * Takes a passphrase however it is typed: in any case, with any separators, over several lines.
 *
 * @param words - of the language
 * @param onUnlock - told what was typed, as it is
 */
export function passphraseForm(words: Words, onUnlock: (typed: string) => void): PassphraseForm {
  const { locked } = words;
  const field = make('textarea', {
    id: 'passphrase',
    class: 'input mono masked',
    rows: 2,
    placeholder: locked.placeholder,
    'aria-describedby': 'passphrase-hint',
    autocomplete: 'off',
    autocapitalize: 'none',
    autocorrect: 'off',
    // Some browsers have their maker's server check the spelling.
    spellcheck: 'false',
  });
  const hints = make('div', { class: 'word-hints small', 'aria-live': 'polite' });
  const unlock = make(
    'button',
    { type: 'submit', class: 'button button-primary button-large', disabled: true },
    locked.unlock,
  );
  const reveal = button('plain', icon('eye'), () => {
    const shown = !field.classList.toggle('masked');
    reveal.replaceChildren(icon(shown ? 'eye-off' : 'eye'));
    reveal.setAttribute('aria-label', shown ? locked.hide : locked.show);
  });
  reveal.setAttribute('aria-label', locked.show);
  const form = make(
    'form',
    { class: 'stack' },
    make(
      'div',
      { class: 'field' },
      make('label', { class: 'field-label', for: 'passphrase' }, locked.label),
      make('div', { class: 'row row-top' }, field, reveal),
      make('p', { id: 'passphrase-hint', class: 'field-hint' }, locked.hint),
    ),
    hints,
    make('div', {}, unlock),
  );

  let timer: number | undefined;
  const look = (): void => {
    const typed = field.value;
    hints.replaceChildren(...hintsFor(typed, words, replace));
  };
  const changed = (): void => {
    unlock.disabled = field.value.trim() === '';
    window.clearTimeout(timer);
    if (field.value.trim() === '') hints.replaceChildren();
    else timer = window.setTimeout(look, PAUSE_MS);
  };
  const replace = (word: string, by: string): void => {
    field.value = replaceWord(field.value, word, by);
    changed();
    look();
    field.focus();
  };
  const submit = (): void => {
    if (field.value.trim() !== '') onUnlock(field.value);
  };
  field.addEventListener('input', changed);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return {
    element: form,
    focus: () => {
      field.focus();
    },
    clear: () => {
      field.value = '';
      changed();
    },
  };
}

function hintsFor(
  typed: string,
  { locked }: Words,
  onReplace: (word: string, by: string) => void,
): HTMLElement[] {
  const unknown = unknownWords(typed);
  const count = countWords(typed);
  if (canonicalWords(typed) !== undefined)
    return [make('p', { class: 'word-good' }, icon('check', 16), locked.recognised(count))];
  // If most words are others, somebody made the passphrase up, and there is nothing to correct.
  if (2 * unknown.length > count) return [make('p', { class: 'quiet' }, locked.own)];
  return unknown.map((word) => unknownHint(word, locked, onReplace));
}

function unknownHint(
  { typed, nearest }: UnknownWord,
  locked: Words['locked'],
  onReplace: (word: string, by: string) => void,
): HTMLElement {
  const word = visible(typed);
  return make(
    'p',
    { class: 'row row-wrap' },
    make('span', {}, locked.unknown(word)),
    nearest.length === 0 ? undefined : make('span', { class: 'quiet' }, locked.meant),
    ...nearest.map((by) =>
      button(
        'usual',
        by,
        () => {
          onReplace(typed, by);
        },
        { 'aria-label': locked.replace(word, by) },
      ),
    ),
  );
}

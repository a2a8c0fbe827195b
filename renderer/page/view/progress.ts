import type { OpenProgress } from '../reader/open.ts';
import type { Words } from '../words/words.ts';
import { button, make } from './dom.ts';

/** The view of work under way. */
export interface ProgressView {
  readonly element: HTMLElement;
  readonly update: (progress: OpenProgress) => void;
}

/**
 * Shows how far the opening is.
 *
 * @param words - of the language
 * @param onCancel - stops it
 */
export function progressView({ working }: Words, onCancel: () => void): ProgressView {
  // Only what is being done is told aloud: the bar says the rest to whoever asks.
  const stage = make('p', { role: 'status', class: 'progress-stage' });
  const bar = make('progress', {
    class: 'progress',
    max: 1,
    value: 0,
    'aria-label': working.label,
  });
  const element = make(
    'div',
    { class: 'stack-s progress-view' },
    stage,
    bar,
    make('div', {}, button('usual', working.cancel, onCancel)),
  );
  let last = '';
  return {
    element,
    update: (progress) => {
      if (last !== progress.stage) stage.textContent = working[progress.stage];
      last = progress.stage;
      bar.value = progress.share;
    },
  };
}

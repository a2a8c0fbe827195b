import { useCallback, useEffect, useState } from 'react';
import type { Advice } from '../../../../app/contract/advice.ts';
import type { CommandInput } from '../../../../app/contract/commands.ts';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { FormatId } from '../../../../app/contract/formats.ts';
import { useRun, useSnapshot } from '../../state/core.tsx';
import { effectiveWish, questionFor, routeOf, wantedFormat } from './format-choice.ts';
import type { FormatWish, SendForm } from './use-send-form.ts';

/** Asked when nothing changed for so long, in milliseconds. */
const PAUSE = 150;

/** What is known of the kind of bundle. */
export interface Advised {
  /** The newest there is; `null` until there is one. */
  readonly advice: Advice | null;
  /** What counts of what the person said. */
  readonly wish: FormatWish;
  /** Whether the draft is of the kind that the last answer asks for. */
  readonly settled: boolean;
  readonly error: ErrorRecord | null;
  /** Chooses a kind by its name. */
  readonly choose: (format: FormatId) => void;
  /** Whether a ZIP hides the names of the documents. */
  readonly setHideNames: (hideNames: boolean) => void;
}

/**
 * Asks for advice whenever documents, route or answer change, and makes the draft what the advice says.
 *
 * @param form - of the Send screen
 * @param open - whether it may still be changed
 */
export function useAdvice(form: SendForm, open: boolean): Advised {
  const run = useRun();
  const { draft } = useSnapshot();
  const wish = effectiveWish(form.wish, draft);
  const { has, hideNames } = wish;
  const route = routeOf(form.target);
  const { service } = form.email;
  /** What the advice is about, but for the documents. */
  const about = [has ?? '', route, service, hideNames ? 'hidden' : ''].join(' ');
  const [known, setKnown] = useState<{ about: string; advice: Advice } | null>(null);
  const [error, setError] = useState<ErrorRecord | null>(null);

  useEffect(() => {
    if (!open) return;
    let current = true;
    const timer = window.setTimeout(() => {
      void run('advise', questionFor(has, route, service, hideNames)).then((answer) => {
        if (!current) return;
        if (answer.ok) setKnown({ about, advice: answer.value });
        setError(answer.ok ? null : answer.error);
      });
    }, PAUSE);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [
    run,
    open,
    about,
    has,
    route,
    service,
    hideNames,
    draft.revision,
    draft.documents,
    draft.bytes,
  ]);

  const setFormat = useCallback(
    (kind: CommandInput<'setFormat'>) => {
      void run('setFormat', kind).then((answer) => {
        setError(answer.ok ? null : answer.error);
      });
    },
    [run],
  );
  const answered = known?.about === about;
  const change = answered && open ? wantedFormat(wish, known.advice, draft) : null;
  const format = change?.format;
  const hides = change?.hideNames === true;
  useEffect(() => {
    if (format !== undefined) setFormat({ format, hideNames: hides });
  }, [setFormat, format, hides]);

  return {
    advice: known?.advice ?? null,
    wish,
    settled: answered && change === null,
    error,
    choose: (byName) => {
      form.setWish({ byName, hideNames });
      setFormat({ format: byName, hideNames });
    },
    setHideNames: (hide) => {
      form.setWish({ byName: wish.byName, hideNames: hide });
      // With an answer, the advice decides what comes of it.
      if (has === null || wish.byName !== null)
        setFormat({ format: draft.format, hideNames: hide });
    },
  };
}

import {
  createContext,
  lazy,
  Suspense,
  use,
  useCallback,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import type { ErrorRecord } from '../../../app/contract/errors.ts';
import type { Grant } from '../../../app/contract/views.ts';
import { grantAll, picked } from '../shell/drop.ts';
import { useCore, useSnapshot } from '../state/core.tsx';

const FolderPicker = lazy(async () => ({
  default: (await import('./folder-picker.tsx')).FolderPicker,
}));

/** Lets the person choose from this machine: in Electron in the system's dialogs, in a browser in its own and the page's. */
export interface Choose {
  /** Nothing was chosen when it resolves to an empty list. */
  readonly files: (
    purpose: 'documents' | 'bundle' | 'identity',
    onProgress?: (done: number, of: number) => void,
  ) => Promise<Chosen>;
  /** A folder whose content is to be sealed. A browser hands over the files in it. */
  readonly documentFolder: (onProgress?: (done: number, of: number) => void) => Promise<Chosen>;
  /** A folder to write into. `null` when none was chosen. */
  readonly folder: (purpose: 'destination' | 'save' | 'export') => Promise<Grant | null>;
}

/** What was chosen, and what of it could not be taken. */
export interface Chosen {
  readonly grants: readonly Grant[];
  readonly error: ErrorRecord | null;
}

const ChooseContext = createContext<Choose | null>(null);

/** The way to choose. */
export function useChoose(): Choose {
  const choose = use(ChooseContext);
  if (choose === null) throw new Error('outside ChooseProvider');
  return choose;
}

const NOTHING: Chosen = { grants: [], error: null };

/** Holds the dialogs of the page, of which at most one is open. */
export function ChooseProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { bridge } = useCore();
  const { host } = useSnapshot();
  const native = host.kind === 'electron';
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState<((folder: Grant | null) => void) | null>(null);

  const browse = useCallback(
    async (
      options: { readonly multiple: boolean; readonly folder: boolean },
      onProgress?: (done: number, of: number) => void,
    ): Promise<Chosen> => {
      const element = input.current;
      if (element === null) return NOTHING;
      element.multiple = options.multiple;
      element.webkitdirectory = options.folder;
      element.value = '';
      const files = await new Promise<readonly File[]>((resolve) => {
        element.onchange = () => {
          resolve([...(element.files ?? [])]);
        };
        element.oncancel = () => {
          resolve([]);
        };
        element.click();
      });
      return grantAll(picked(files), bridge, (done) => onProgress?.(done, files.length));
    },
    [bridge],
  );

  const choose = useMemo<Choose>(
    () => ({
      files: async (purpose, onProgress) => {
        if (!native) return browse({ multiple: purpose !== 'identity', folder: false }, onProgress);
        const answer = await bridge.run('chooseFiles', { purpose });
        return answer.ok
          ? { grants: answer.value, error: null }
          : { grants: [], error: answer.error };
      },
      documentFolder: async (onProgress) => {
        if (!native) return browse({ multiple: true, folder: true }, onProgress);
        const answer = await bridge.run('chooseFolder', { purpose: 'documents' });
        if (!answer.ok) return { grants: [], error: answer.error };
        return { grants: answer.value === null ? [] : [answer.value], error: null };
      },
      folder: async (purpose) => {
        if (native) {
          const answer = await bridge.run('chooseFolder', { purpose });
          return answer.ok ? answer.value : null;
        }
        const { promise, resolve } = Promise.withResolvers<Grant | null>();
        setAsking(() => resolve);
        return promise;
      },
    }),
    [bridge, browse, native],
  );

  return (
    <ChooseContext value={choose}>
      {children}
      <input ref={input} type="file" hidden tabIndex={-1} aria-hidden data-testid="file-input" />
      {asking === null ? null : (
        <Suspense fallback={null}>
          <FolderPicker
            onDone={(folder) => {
              asking(folder);
              setAsking(null);
            }}
          />
        </Suspense>
      )}
    </ChooseContext>
  );
}

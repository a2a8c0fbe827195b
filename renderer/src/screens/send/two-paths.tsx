import {
  Cloud,
  Download,
  FileText,
  FolderOpen,
  KeyRound,
  Lock,
  Mail,
  MessageSquareText,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../words/use-words.ts';
import './two-paths.css';

/** How far a stop is. `ready` is there, `going` is under way, `done` is behind us. */
export type StopState = 'open' | 'ready' | 'going' | 'done';

/** What the picture shows. */
export interface PathsState {
  readonly documents: StopState;
  readonly bundle: StopState;
  readonly destination: StopState;
  /** What the destination is called; its kind chooses the icon. */
  readonly place: {
    readonly kind: 's3' | 'folder' | 'email' | 'download' | 'none';
    readonly name: string;
    /** What is still to be done there. */
    readonly detail?: string | undefined;
  };
  /** 0 to 1 along the upper path, while a bundle is under way. */
  readonly share: number;
  readonly lock: 'passphrase' | 'keys';
  readonly passphrase: StopState;
  readonly told: StopState;
}

const PLACE_ICONS = {
  s3: Cloud,
  folder: FolderOpen,
  email: Mail,
  download: Download,
  none: FolderOpen,
};
const UPPER = 30;
const LOWER = 116;
const X = { first: 70, second: 296, third: 522, last: 690 };
const RADIUS = 19;
const ICON = 17;

/**
 * The one idea in one picture: bundle and passphrase travel apart. To the eye it is two lines with stops that fill as it happens; to
 * a screen reader two lists of steps.
 */
export function TwoPaths({ state }: { readonly state: PathsState }): ReactNode {
  const { t } = useWords();
  const keys = state.lock === 'keys';
  const word = (stop: StopState): string =>
    stop === 'going'
      ? t('send.paths.states.going', { percent: Math.floor(state.share * 10) * 10 })
      : t(`send.paths.states.${stop}`);
  const told = keys
    ? t('send.paths.states.notNeeded')
    : t(`send.paths.states.${state.told === 'done' ? 'shared' : 'notShared'}`);
  const upperDone = state.destination === 'done';
  const lowerDone = keys || state.told === 'done';
  const passphrase = t(keys ? 'send.paths.key' : 'send.paths.passphrase');
  const phone = t(keys ? 'send.paths.none' : 'send.paths.phone');
  return (
    <figure className="paths">
      <div className="unseen">
        <p>{t('send.paths.upper')}</p>
        <ol>
          <li>{`${t('send.paths.documents')}: ${word(state.documents)}`}</li>
          <li>{`${t('send.paths.bundle')}: ${word(state.bundle)}`}</li>
          <li>{`${state.place.name}: ${state.place.detail ?? word(state.destination)}`}</li>
        </ol>
        <p>{t('send.paths.lower')}</p>
        <ol>
          <li>{`${passphrase}: ${word(state.passphrase)}`}</li>
          <li>{`${phone}: ${told}`}</li>
        </ol>
      </div>
      <svg viewBox="0 8 800 162" aria-hidden>
        <Line from={X.first} to={X.second} y={UPPER} share={state.share} />
        <Line from={X.second} to={X.third} y={UPPER} share={state.share} />
        <Line from={X.first} to={X.third} y={LOWER} share={lowerDone ? 1 : 0} open={!lowerDone} />
        <path
          className={upperDone ? 'paths-line paths-line-full' : 'paths-line paths-line-open'}
          d={`M${String(X.third + RADIUS)} ${String(UPPER)} H630 Q664 ${String(UPPER)} 676 59`}
        />
        <path
          className={lowerDone ? 'paths-line paths-line-full' : 'paths-line paths-line-open'}
          d={`M${String(X.third + RADIUS)} ${String(LOWER)} H630 Q664 ${String(LOWER)} 676 87`}
        />
        <Stop
          x={X.first}
          y={UPPER}
          icon={FileText}
          state={state.documents}
          label={t('send.paths.documents')}
        />
        <Stop
          x={X.second}
          y={UPPER}
          icon={Lock}
          state={state.bundle}
          label={t('send.paths.bundle')}
        />
        <Stop
          x={X.third}
          y={UPPER}
          icon={PLACE_ICONS[state.place.kind]}
          state={state.destination}
          label={state.place.name}
          detail={state.place.detail}
        />
        <Stop x={X.first} y={LOWER} icon={KeyRound} state={state.passphrase} label={passphrase} />
        <Stop
          x={X.third}
          y={LOWER}
          icon={MessageSquareText}
          state={keys ? 'open' : state.told}
          label={phone}
          detail={keys ? undefined : told}
        />
        <Stop
          x={X.last}
          y={(UPPER + LOWER) / 2}
          icon={UserRound}
          state={upperDone && lowerDone ? 'done' : 'open'}
          label={t('send.paths.recipient')}
          beside
        />
      </svg>
    </figure>
  );
}

function Line({
  from,
  to,
  y,
  share,
  open = false,
}: {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly share: number;
  readonly open?: boolean;
}): ReactNode {
  const start = from + RADIUS;
  const length = to - from - 2 * RADIUS;
  return (
    <>
      <line
        className={open ? 'paths-line paths-line-open' : 'paths-line'}
        x1={start}
        x2={start + length}
        y1={y}
        y2={y}
      />
      {share > 0 ? (
        <line
          className="paths-line paths-line-full"
          x1={start}
          x2={start + length * Math.min(1, share)}
          y1={y}
          y2={y}
        />
      ) : null}
    </>
  );
}

/** A label that would run into its neighbour is cut: the whole of it stands elsewhere on the page. */
const MAX_LABEL = 26;

function Stop({
  x,
  y,
  icon: Icon,
  state,
  label,
  detail,
  beside = false,
}: {
  readonly x: number;
  readonly y: number;
  readonly icon: LucideIcon;
  readonly state: StopState;
  readonly label: string;
  readonly detail?: string | undefined;
  /** The label stands beside the stop, not under it. */
  readonly beside?: boolean;
}): ReactNode {
  const shown = label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
  return (
    <g className={`paths-stop paths-stop-${state}`}>
      <circle cx={x} cy={y} r={RADIUS} />
      <Icon x={x - ICON / 2} y={y - ICON / 2} width={ICON} height={ICON} />
      <text
        x={beside ? x + RADIUS + 8 : x}
        y={beside ? y + 5 : y + RADIUS + 18}
        textAnchor={beside ? 'start' : 'middle'}
      >
        {shown}
      </text>
      {detail === undefined ? null : (
        <text className="paths-detail" x={x} y={y + RADIUS + 34} textAnchor="middle">
          {detail}
        </text>
      )}
    </g>
  );
}

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

/** Something to be read, in its place. A `bad` one is announced. */
export function Notice({
  tone,
  title,
  children,
  actions,
}: {
  readonly tone: keyof typeof ICONS;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  const Icon = ICONS[tone];
  return (
    <div className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={18} aria-hidden />
      <div className="grow stack-s">
        <div>
          {title === undefined ? null : <p className="notice-title">{title}</p>}
          {children}
        </div>
        {actions === undefined ? null : <div className="row row-wrap">{actions}</div>}
      </div>
    </div>
  );
}

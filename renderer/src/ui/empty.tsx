import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** A place with nothing in it yet: what it is for, and what to do next. */
export function Empty({
  icon: Icon,
  title,
  children,
  actions,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <Icon size={36} strokeWidth={1.5} aria-hidden />
      <h2>{title}</h2>
      {children}
      {actions === undefined ? null : <div className="row">{actions}</div>}
    </div>
  );
}

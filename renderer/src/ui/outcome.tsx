import { CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import './outcome.css';

/** What came of something, in one line where there is room, with what can be done about it. */
export function Outcome({
  tone,
  title,
  children,
  actions,
}: {
  readonly tone: 'good' | 'info';
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions: ReactNode;
}): ReactNode {
  const Icon = tone === 'good' ? CircleCheck : Info;
  return (
    <div className={`notice notice-${tone} outcome`} role="status">
      <Icon size={18} aria-hidden />
      <div className="outcome-words">
        <p className="notice-title">{title}</p>
        {children}
      </div>
      <div className="row">{actions}</div>
    </div>
  );
}

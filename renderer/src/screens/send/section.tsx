import { Check } from 'lucide-react';
import { useId, type ReactNode } from 'react';

/** One of the numbered parts of the Send screen. It opens when what comes before it is there. */
export function Section({
  number,
  title,
  summary,
  ready,
  children,
  actions,
}: {
  readonly number: number;
  readonly title: string;
  readonly summary?: ReactNode;
  /** Whether what the section asks for is there. */
  readonly ready: boolean;
  /** None while the section is closed. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  const id = useId();
  const open = children !== undefined;
  return (
    <section className={open ? 'card section' : 'card section section-closed'} aria-labelledby={id}>
      <div className="section-head">
        <span className={ready ? 'section-number section-ready' : 'section-number'} aria-hidden>
          {ready ? <Check size={14} strokeWidth={2.75} /> : number}
        </span>
        <h2 id={id}>{title}</h2>
        <span className="small quiet grow cut">{summary}</span>
        {open ? actions : null}
      </div>
      {open ? <div className="section-body">{children}</div> : null}
    </section>
  );
}

import { Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

/** What the buttons of a card are called; those without a text of their own by the name of what the card is about. */
export interface KeptLabels {
  readonly enterSecret: string;
  readonly check: string;
  readonly checkNamed: string;
  readonly checking: string;
  readonly changeNamed: string;
  readonly removeNamed: string;
}

/** The head of a card about something that one signs in to: its name, and what can be done with it. */
export function KeptHead({
  heading,
  under,
  labels,
  secretMissing,
  checking,
  onEnterSecret,
  onCheck,
  onChange,
  onRemove,
}: {
  readonly heading: ReactNode;
  /** What stands below the name. */
  readonly under: ReactNode;
  readonly labels: KeptLabels;
  /** Nothing can be checked before it is entered. */
  readonly secretMissing: boolean;
  readonly checking: boolean;
  readonly onEnterSecret: () => void;
  readonly onCheck: () => void;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  return (
    <div className="row row-wrap">
      <div className="grow connection-name">
        {heading}
        {under}
      </div>
      {secretMissing ? (
        <Button kind="primary" onPress={onEnterSecret}>
          {labels.enterSecret}
        </Button>
      ) : (
        <Button aria-label={labels.checkNamed} isDisabled={checking} onPress={onCheck}>
          {checking ? labels.checking : labels.check}
        </Button>
      )}
      <Button kind="icon" aria-label={labels.changeNamed} onPress={onChange}>
        <Pencil size={16} aria-hidden />
      </Button>
      <Button kind="icon" aria-label={labels.removeNamed} onPress={onRemove}>
        <Trash2 size={16} aria-hidden />
      </Button>
    </div>
  );
}

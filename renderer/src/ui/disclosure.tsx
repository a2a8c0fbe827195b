import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

/** Exact terms and rare wishes, one click deeper. */
export function Fold({
  title,
  startsOpen = false,
  children,
}: {
  readonly title: string;
  readonly startsOpen?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Disclosure defaultExpanded={startsOpen}>
      <Heading level={3}>
        <Button slot="trigger" className="disclosure-button">
          <ChevronRight size={15} aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className="fold-body">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}

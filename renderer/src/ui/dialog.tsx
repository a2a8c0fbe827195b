import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

/** A layer over the screen that Esc closes. A question (`alert`) or something that is being filled in (`form`) is not closed by a click beside it. */
export function Dialog({
  title,
  isOpen,
  onClose,
  alert = false,
  form = false,
  wide = false,
  children,
  actions,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly alert?: boolean;
  readonly form?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable={!alert && !form}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={wide ? 'dialog dialog-wide' : 'dialog'}>
        <AriaDialog role={alert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          {actions === undefined ? null : (
            <div className="row row-end row-wrap dialog-actions">{actions}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

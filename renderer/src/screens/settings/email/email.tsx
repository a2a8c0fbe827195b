import type { ReactNode } from 'react';
import { Accounts } from './accounts.tsx';
import { Outbox } from './outbox.tsx';
import './email.css';

/** The accounts that email is sent from directly, and what could not be sent. */
export function Email(): ReactNode {
  return (
    <div className="stack email-settings">
      <Accounts />
      <Outbox />
    </div>
  );
}

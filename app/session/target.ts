import type { SendReceipt, SendRequest } from '../app.ts';
import type { ErrorRecord } from '../contract/errors.ts';
import type { Job } from '../contract/job.ts';
import type { ReceiptView } from '../contract/views.ts';
import type { ReceiptMessage } from './receipts.ts';

/** What came of a sealing. */
export interface Sent {
  readonly receipt: SendReceipt;
  readonly to: ReceiptView['to'];
  /** The bundle on this machine, where there is one. */
  readonly path?: string | undefined;
  readonly messages?: readonly ReceiptMessage[];
  /** Where it went, for the activity, if not to where the receipt says that it lies. */
  readonly went?: string;
  /** What could not be sent, and why. */
  readonly unsent?: { readonly location: string; readonly error: ErrorRecord };
}

/** A place, ready to be sent to. */
export interface Target {
  /**
   * Seals, and sends.
   *
   * @throws the errors of every stage; nothing is left behind then
   */
  send(request: SendRequest, job: Job): Promise<Sent>;
}

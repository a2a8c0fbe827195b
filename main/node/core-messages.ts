import type { ErrorRecord } from '../../app/contract/errors.ts';
import type { HostEvent } from '../../app/contract/events.ts';
import type { HostPorts, Session } from '../../app/contract/host.ts';

/** What of a session is called from afar; hearing events is not a call. */
export type CoreMethod = Exclude<keyof Session, 'listen'>;
/** What the core asks of its host. */
export type PortName = keyof HostPorts;
/** What both have in common, seen from the wire. */
export type AnyMethod = (...args: readonly unknown[]) => Promise<unknown>;

/** From the host to the core. Paths and plain records only. */
export type ToCore =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: CoreMethod;
      readonly args: readonly unknown[];
    }
  /** Without a value the port failed; why does not matter to the core. */
  | {
      readonly kind: 'port-answer';
      readonly id: number;
      readonly answer: { readonly value: unknown } | null;
    };

/** From the core to the host. */
export type FromCore =
  | { readonly kind: 'ready' }
  /** There will be no session. */
  | { readonly kind: 'refused'; readonly error: ErrorRecord }
  /** Without a value the call failed, which nothing but a defect can make it do. */
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answer: { readonly value: unknown } | null;
    }
  | { readonly kind: 'event'; readonly event: HostEvent }
  | {
      readonly kind: 'port-call';
      readonly id: number;
      readonly port: PortName;
      readonly args: readonly unknown[];
    };

/** Does not compile when a port is missing. */
const EVERY_PORT: Readonly<Record<PortName, true>> = {
  chooseFiles: true,
  chooseFolder: true,
  copyText: true,
  showInFolder: true,
  openPage: true,
  openMessage: true,
  openMailto: true,
  protectContent: true,
  readSecret: true,
  writeSecret: true,
  removeSecret: true,
  offerDownload: true,
};

/** The names of all ports: the core's end is made from them. */
export const PORT_NAMES = Object.keys(EVERY_PORT) as readonly PortName[];

import type { AccountField } from '../../../app/contract/errors.ts';
import { formatSize } from '../format.ts';
import type { Wordings } from './said.ts';

const NO_MESSAGE = 'No message was made, and nothing was sent.';
const KEPT = 'The message is kept in the outbox and can be sent again.';
const NOT_SENT = 'The message was not sent. It is kept in the outbox and can be sent again.';

const ACCOUNT_FIELDS: Record<AccountField, { readonly called: string; readonly help: string }> = {
  name: { called: 'name', help: 'Give it a short name of its own.' },
  host: {
    called: 'server',
    help: 'Write the name of the server that takes outgoing email, such as smtp.example.org.',
  },
  port: { called: 'port', help: 'Write a number from 1 to 65535; 465 and 587 are usual.' },
  user: {
    called: 'user name',
    help: 'Write the name that you sign in with; often it is the whole email address.',
  },
  from: { called: 'sender', help: "Write the sender's address, such as ana@example.org." },
};

function status(code: number | undefined): string {
  return code === undefined ? '' : ` (SMTP ${String(code)})`;
}

/** What can go wrong with email: with a message, with an account, and with the server that takes it. */
export const emailTexts = {
  'email-address': ({ address }) => ({
    title: `'${address}' is not an email address.`,
    meaning: NO_MESSAGE,
    next: 'Write it like ana@example.org, or like Ana Example <ana@example.org>.',
  }),
  'email-no-recipients': () => ({
    title: 'The message has no recipient.',
    meaning: NO_MESSAGE,
    next: 'Name at least one email address.',
  }),
  'email-passphrase-inside': () => ({
    title: 'The message would have contained the passphrase.',
    meaning: `${NO_MESSAGE} A passphrase that travels with its bundle protects nothing.`,
    next: 'Take it out of the subject, the text and the file names, and tell it to the recipient by another way.',
  }),
  'email-too-large': ({ bytes, limit }) => ({
    title: `The bundle is too large for email: it takes ${formatSize(bytes)}, and one message may have ${formatSize(limit)}.`,
    meaning: `${NO_MESSAGE} Even in parts it would have been too much.`,
    next: 'Send it through S3 or a shared folder, or seal fewer documents at a time.',
  }),
  'email-account-invalid': ({ field }) => ({
    title: `The email account's ${ACCOUNT_FIELDS[field].called} will not do.`,
    meaning: 'Nothing was sealed, and nothing was sent.',
    next: ACCOUNT_FIELDS[field].help,
  }),
  'smtp-unreachable': ({ host, mayHaveArrived }) =>
    mayHaveArrived === true
      ? {
          title: `The connection to ${host} broke before it confirmed the message.`,
          meaning: `All of it had been handed over, so it may have arrived. ${KEPT}`,
          next: 'Ask the recipient whether it arrived before you send it again.',
        }
      : {
          title: `There is no connection to ${host}.`,
          meaning: NOT_SENT,
          next: "Check the network connection, and the account's server and port. Then send it again.",
        },
  'smtp-untrusted': ({ host }) => ({
    title: `The mail server ${host} has no certificate that this computer trusts.`,
    meaning: `Nothing was sent to it, also no password. ${KEPT}`,
    next: "Check the name of the server. If it is your organisation's own, name its CA certificate with --ca.",
  }),
  'smtp-no-tls': ({ host }) => ({
    title: `The mail server ${host} offers no encryption.`,
    meaning: `Nothing was sent to it, also no password: anybody on the way could have read it. ${KEPT}`,
    next: 'Check its port; 465 and 587 are usual. If they are right, somebody on the way may be taking the offer out: try from another network.',
  }),
  'smtp-credentials': ({ host }) => ({
    title: `The mail server ${host} did not accept the sign-in.`,
    meaning: NOT_SENT,
    next: 'Check the user name and the password. Many services ask for an app password, made in their settings.',
  }),
  'smtp-busy': ({ host, status: code }) => ({
    title: `The mail server ${host} does not take the message for now${status(code)}.`,
    meaning: NOT_SENT,
    next: 'Send it again in a few minutes. Many servers let a sender whom they do not know wait at first.',
  }),
  'smtp-too-large': ({ host, limit }) => ({
    title: `The message is too large for the mail server ${host}${limit === undefined ? '' : `, which takes ${formatSize(limit)} at most`}.`,
    meaning: NOT_SENT,
    next: 'Split the bundle over smaller messages with --limit, send it through S3 or a shared folder, or seal fewer documents at a time.',
  }),
  'smtp-refused': ({ host, status: code }) => ({
    title: `The mail server ${host} refused the message${status(code)}.`,
    meaning: NOT_SENT,
    next: "Check that the account may send from its sender's address. Servers also refuse some attachments: another format, or S3, may get through.",
  }),
  'smtp-no-recipient': ({ host, addresses }) => ({
    title: `The mail server ${host} did not accept ${addresses.join(', ')}.`,
    meaning: `Nothing was sent there. ${KEPT}`,
    next: 'Look for a mistake in the address. If there is none, the mailbox may be full or closed: ask the recipient.',
  }),
} satisfies Wordings;

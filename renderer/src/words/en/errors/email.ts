import { KEPT, NOT_SENT, NO_MESSAGE } from './said.ts';

/** What can go wrong with email: with a message, with an account, and with the server that takes it. */
export const emailErrors = {
  'email-address': {
    title: '“{{address}}” is not an email address',
    meaning: NO_MESSAGE,
    next: 'Write it like ana@example.org, or like Ana Example <ana@example.org>.',
  },
  'email-no-recipients': {
    title: 'The message has no recipient',
    meaning: NO_MESSAGE,
    next: 'Enter at least one email address.',
  },
  'email-passphrase-inside': {
    title: 'The message would have contained the passphrase',
    meaning: `${NO_MESSAGE} A passphrase that travels with its bundle protects nothing.`,
    next: 'Take it out of the subject, the text and the file names, and tell it to the recipient by another way.',
  },
  'email-too-large': {
    title: 'The bundle is too large for email: {{bytes}}, with at most {{limit}} for each message',
    meaning: `${NO_MESSAGE} Even in parts it would have been too much.`,
    next: 'Send it through S3 or a shared folder, or seal fewer documents at a time.',
  },
  'email-account-invalid': {
    name: {
      title: 'The email account needs a name',
      meaning: 'It was not saved.',
      next: 'Give it a short name of its own, one by which you will know it.',
    },
    host: {
      title: 'This cannot be a mail server',
      meaning: 'The email account was not saved.',
      next: 'Enter the name of the server that takes your outgoing email, such as smtp.example.org. Your email service names it.',
    },
    port: {
      title: 'This cannot be a port',
      meaning: 'The email account was not saved.',
      next: 'A port is a number from 1 to 65535. For outgoing email it is 465 or 587 as a rule.',
    },
    user: {
      title: 'This cannot be a user name',
      meaning: 'The email account was not saved.',
      next: 'Enter the name that you sign in with. Often it is your whole email address.',
    },
    from: {
      title: 'This cannot be a sender',
      meaning: 'The email account was not saved.',
      next: 'Enter your email address, such as ana@example.org.',
    },
  },
  'smtp-unreachable': {
    'not-sent': {
      title: 'There is no connection to {{host}}',
      meaning: NOT_SENT,
      next: 'Check the network connection, and the server and port in the settings of the email account.',
    },
    'may-have-arrived': {
      title: 'The connection to {{host}} broke before it confirmed the message',
      meaning: `All of it had been handed over, so it may have arrived. ${KEPT}`,
      next: 'Ask the recipient whether it arrived before you send it again.',
    },
  },
  'smtp-untrusted': {
    title: 'This computer does not trust the certificate of {{host}}',
    meaning: `Nothing was sent to it, also no password: somebody could be pretending to be that server. ${KEPT}`,
    next: 'Check the name of the server in the settings of the email account. If it is your organisation’s own, ask its administrator how to make this computer trust it.',
  },
  'smtp-no-tls': {
    title: 'The mail server {{host}} offers no encryption',
    meaning: `Nothing was sent to it, also no password: anybody on the way could have read it. ${KEPT}`,
    next: 'Check the port in the settings of the email account: it is 465 or 587 as a rule. If it is right, somebody on the way may be taking the offer out. Try from another network.',
  },
  'smtp-credentials': {
    title: 'The mail server {{host}} did not accept the sign-in',
    meaning: NOT_SENT,
    next: 'Check the user name, and enter the password again. Many services ask for an app password, made in their own settings.',
  },
  'smtp-busy': {
    answered: {
      title: 'The mail server {{host}} does not take the message for now (SMTP {{status}})',
      meaning: NOT_SENT,
      next: 'Try again in a few minutes. Many servers let a sender whom they do not know wait at first.',
    },
    unanswered: {
      title: 'The mail server {{host}} does not take the message for now',
      meaning: NOT_SENT,
      next: 'Try again in a few minutes. Many servers let a sender whom they do not know wait at first.',
    },
  },
  'smtp-too-large': {
    known: {
      title: 'The message is too large for the mail server {{host}}, which takes at most {{limit}}',
      meaning: NOT_SENT,
      next: 'Split the bundle over smaller messages, send it through S3 or a shared folder, or seal fewer documents at a time.',
    },
    unknown: {
      title: 'The message is too large for the mail server {{host}}',
      meaning: NOT_SENT,
      next: 'Split the bundle over smaller messages, send it through S3 or a shared folder, or seal fewer documents at a time.',
    },
  },
  'smtp-refused': {
    answered: {
      title: 'The mail server {{host}} refused the message (SMTP {{status}})',
      meaning: NOT_SENT,
      next: 'Check that the account may send from its sender’s address. Servers also refuse some attachments: another kind of bundle, or S3, may get through.',
    },
    unanswered: {
      title: 'The mail server {{host}} refused the message',
      meaning: NOT_SENT,
      next: 'Check that the account may send from its sender’s address. Servers also refuse some attachments: another kind of bundle, or S3, may get through.',
    },
  },
  'smtp-no-recipient': {
    title: 'The mail server {{host}} did not accept {{addresses}}',
    meaning: `Nothing was sent there. ${KEPT}`,
    next: 'Look for a mistake in the address. If there is none, the mailbox may be full or closed: ask the recipient.',
  },
} as const;

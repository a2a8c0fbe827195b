import { NOTHING_MOVED } from './said.ts';

/** What can go wrong between here and S3. */
export const s3Errors = {
  's3-denied': {
    title: 'You are not allowed to do this in the bucket “{{bucket}}”',
    meaning: `${NOTHING_MOVED} The right {{right}} is missing.`,
    next: 'Ask whoever runs the bucket for {{right}} on your own prefix. Check the prefix in Settings → Connections, too.',
  },
  's3-no-credentials': {
    title: 'There are no credentials for this connection',
    meaning: NOTHING_MOVED,
    next: 'Enter an access key in Settings → Connections. If it uses a profile, sign in to that first.',
  },
  's3-bad-credentials': {
    title: 'S3 did not accept the credentials',
    meaning: NOTHING_MOVED,
    next: 'They are wrong, have expired or belong to another service. Check the access key in Settings → Connections. If the connection uses a profile, sign in to that again.',
  },
  's3-no-bucket': {
    title: 'There is no bucket “{{bucket}}”',
    meaning: NOTHING_MOVED,
    next: 'Check the bucket and the endpoint in Settings → Connections.',
  },
  's3-no-object': {
    title: 'There is nothing at {{location}} any more',
    meaning: 'Nothing was fetched or deleted. Somebody else may have removed it.',
    next: 'Refresh the Inbox to see what is there.',
  },
  'fetch-name': {
    title: '“{{name}}” cannot be the name of a file: it {{problem}}',
    meaning: NOTHING_MOVED,
    next: 'Ask the sender to send it again under another name.',
  },
  's3-wrong-region': {
    known: {
      title: 'The bucket is in the region {{region}}',
      meaning: NOTHING_MOVED,
      next: 'Enter {{region}} as the region in Settings → Connections.',
    },
    unknown: {
      title: 'The bucket is in another region',
      meaning: NOTHING_MOVED,
      next: 'Ask whoever runs the bucket for its region, and enter it in Settings → Connections.',
    },
  },
  's3-clock': {
    title: 'This computer’s clock is wrong',
    meaning: `${NOTHING_MOVED} S3 refuses requests that are more than 15 minutes off.`,
    next: 'Set the clock, then try again.',
  },
  's3-exists': {
    title: 'There is already a bundle at {{location}}',
    meaning: 'It was left as it is, and nothing was sent.',
    next: 'Choose another name for the bundle, or delete the old one first.',
  },
  's3-busy': {
    title: 'S3 is too busy at the moment',
    meaning: 'It was asked several times. Nothing half-made was left.',
    next: 'Try again in a few minutes.',
  },
  's3-timeout': {
    title: 'S3 stopped answering',
    meaning: 'The request was given up. Whatever could be removed of it was removed.',
    next: 'Check the network connection, then try again.',
  },
  's3-unreachable': {
    title: 'There is no connection to {{endpoint}}',
    meaning: 'It was tried several times. A bundle that was on its way did not arrive.',
    next: 'Check the network connection, and the endpoint in Settings → Connections. Then try again.',
  },
  's3-untrusted': {
    title: 'This computer does not trust the certificate of {{endpoint}}',
    meaning: `${NOTHING_MOVED} Somebody could be pretending to be that server.`,
    next: 'If it is your organisation’s own server, ask its administrator how to make this computer trust it.',
  },
  's3-unverified': {
    title: 'The bundle was sent, but its arrival could not be confirmed',
    meaning:
      'It may well lie whole at {{location}}. Without the passphrase or the key nobody can open it.',
    next: 'Ask the recipient whether it is there, or look in the Inbox. If it is not, seal and send again.',
  },
  's3-integrity': {
    title: 'What lies at {{location}} is not what was sent',
    meaning: 'It was altered on the way or in storage, and was not kept.',
    next: 'Try again. If it happens again, tell whoever runs the server.',
  },
  's3-refused': {
    answered: {
      title: 'The server refused the request (HTTP {{status}})',
      meaning: NOTHING_MOVED,
      next: 'Check the endpoint in Settings → Connections. It may not be an S3 service, or one that lacks what Signet needs.',
    },
    unanswered: {
      title: 'The server refused the request',
      meaning: NOTHING_MOVED,
      next: 'Check the endpoint in Settings → Connections. It may not be an S3 service, or one that lacks what Signet needs.',
    },
  },
  's3-left-behind': {
    parts: {
      title: 'Parts of the bundle were left at {{location}}',
      meaning:
        'The transfer {{how}}, and what had been sent could not be removed. It is sealed and is no bundle; it only takes up space.',
      next: 'Ask whoever runs the bucket to remove unfinished uploads. Then send again.',
    },
    'parts-denied': {
      title: 'Parts of the bundle were left at {{location}}',
      meaning:
        'The transfer {{how}}, and you lack the right {{right}} to remove what had been sent. It is sealed and is no bundle; it only takes up space.',
      next: 'Ask whoever runs the bucket to remove unfinished uploads, and for {{right}} on your own prefix.',
    },
    object: {
      title: 'A bundle that was not to stay was left at {{location}}',
      meaning:
        'The transfer {{how}}, and the bundle could not be deleted again. It is sealed, but do not rely on it.',
      next: 'Delete it in the Inbox, or ask whoever runs the bucket to delete it.',
    },
    'object-denied': {
      title: 'A bundle that was not to stay was left at {{location}}',
      meaning:
        'The transfer {{how}}, and you lack the right {{right}} to delete the bundle again. It is sealed, but do not rely on it.',
      next: 'Ask whoever runs the bucket to delete it, and for {{right}} on your own prefix.',
    },
  },
  'bundle-too-large': {
    title: 'The bundle is larger than one upload can be ({{limit}})',
    meaning: 'Nothing was sent. Your documents are untouched.',
    next: 'Seal fewer documents at a time.',
  },
  'url-invalid': {
    title: '“{{url}}” is not a valid address',
    meaning: NOTHING_MOVED,
    next: 'Check the bucket, the prefix and the endpoint in Settings → Connections. An endpoint begins with https://.',
  },
  'endpoint-insecure': {
    title: 'The connection to {{endpoint}} is not encrypted',
    meaning: `${NOTHING_MOVED} File names and credentials would have been readable on the way.`,
    next: 'Enter the address that begins with https:// in Settings → Connections.',
  },
  'connection-invalid': {
    name: {
      title: 'The connection needs a name',
      meaning: 'It was not saved.',
      next: 'Give it a short name of its own, one by which you will know it.',
    },
    bucket: {
      title: 'This cannot be the name of a bucket',
      meaning: 'The connection was not saved.',
      next: 'A bucket’s name has 3 to 63 small letters, digits, dots and hyphens. Copy it from the message that you were given.',
    },
    prefix: {
      title: 'This prefix will not do',
      meaning: 'The connection was not saved.',
      next: 'A prefix is a folder in the bucket, such as your user id: no slash at its beginning, no two in a row, no dots for folders.',
    },
    region: {
      title: 'This cannot be a region',
      meaning: 'The connection was not saved.',
      next: 'A region looks like eu-central-1. Leave it empty if you were given none.',
    },
    endpoint: {
      title: 'This cannot be an endpoint',
      meaning: 'The connection was not saved.',
      next: 'An endpoint is an address that begins with https://. Leave it empty for Amazon’s own S3.',
    },
    profile: {
      title: 'This cannot be a profile',
      meaning: 'The connection was not saved.',
      next: 'Enter the name of a profile from your AWS configuration.',
    },
    keys: {
      title: 'The access key is not complete',
      meaning: 'The connection was not saved.',
      next: 'Enter both the access key id and the secret access key, without spaces.',
    },
  },
  'secret-missing': {
    title: 'The password or secret key of “{{connection}}” is not here any more',
    meaning: NOTHING_MOVED,
    next: 'Enter it again in Settings.',
  },
} as const;

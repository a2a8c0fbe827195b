import type { ConnectionField, ErrorData } from '../../../app/contract/errors.ts';
import { formatSize } from '../format.ts';
import { NAME_PROBLEMS } from './names.ts';
import { NOTHING_MOVED, NOTHING_SENT, type Wordings } from './said.ts';

const CONNECTION_FIELDS: Record<ConnectionField, string> = {
  name: 'name',
  bucket: 'bucket',
  prefix: 'prefix',
  region: 'region',
  endpoint: 'endpoint',
  profile: 'profile',
  keys: 'access key',
};

/** What may be left of an upload that failed. */
const LEFT: Record<
  ErrorData['s3-left-behind']['remains'],
  Record<'title' | 'meaning' | 'ask' | 'otherwise', string>
> = {
  parts: {
    title: 'Parts of the bundle were left',
    meaning:
      'what had been sent could not be removed. The parts are sealed and are no bundle, but they take up space.',
    ask: 'Ask whoever runs the bucket to remove unfinished uploads',
    otherwise: 'Ask whoever runs the bucket to remove unfinished uploads. Then send again.',
  },
  object: {
    title: 'A bundle that was not to stay was left',
    meaning: 'the bundle could not be deleted again. It is sealed, but do not rely on it.',
    ask: 'Ask whoever runs the bucket to delete it',
    otherwise: "Delete it with 'signet inbox delete' when the server can be reached again.",
  },
};

/** What can go wrong with S3, and with the connections to it. */
export const s3Texts = {
  'url-invalid': ({ url }) => ({
    title: `'${url}' is not a valid address.`,
    meaning: 'Nothing was done.',
    next: 'Write s3://bucket/prefix/ for a place, s3://bucket/prefix/bundle.age for a bundle, or a path. An endpoint begins with https://.',
  }),
  'endpoint-insecure': ({ endpoint }) => ({
    title: `The connection to ${endpoint} is not encrypted.`,
    meaning:
      'Nothing was sent: your credentials and file names would have been readable on the way.',
    next: 'Use its https address. In a network that you trust, --allow-http accepts it.',
  }),
  's3-denied': ({ right, bucket }) => ({
    title: `You lack the right ${right} in the bucket '${bucket}'.`,
    meaning: 'Nothing was sent, fetched or deleted, and nothing half-made was left.',
    next: `Ask whoever runs the bucket for ${right} on your own prefix. Check the prefix in the address, too.`,
  }),
  's3-no-credentials': () => ({
    title: 'No S3 credentials were found.',
    meaning: NOTHING_MOVED,
    next: "Sign in ('aws sso login'), name a --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  }),
  's3-bad-credentials': () => ({
    title: 'S3 did not accept the credentials.',
    meaning: NOTHING_MOVED,
    next: 'They are wrong, expired, or for another service. Sign in again, or check the access key and its secret.',
  }),
  's3-no-bucket': ({ bucket }) => ({
    title: `There is no bucket '${bucket}'.`,
    meaning: NOTHING_MOVED,
    next: 'Check its name, and the --endpoint and --profile that you use.',
  }),
  's3-no-object': ({ location }) => ({
    title: `There is nothing at ${location}.`,
    meaning: 'Nothing was fetched or deleted.',
    next: "See what is there with 'signet inbox list'.",
  }),
  'fetch-name': ({ name, problem }) => ({
    title: `'${name}' cannot be the name of a file: it ${NAME_PROBLEMS[problem]}.`,
    meaning: NOTHING_MOVED,
    next: "Name the file yourself: 'signet inbox get URL -d FOLDER --as NAME'.",
  }),
  's3-wrong-region': ({ region }) => ({
    title: 'The bucket is in another region.',
    meaning: NOTHING_MOVED,
    next: region === undefined ? 'Name the right one with --region.' : `Use --region ${region}.`,
  }),
  's3-clock': () => ({
    title: "This computer's clock is wrong.",
    meaning: NOTHING_MOVED,
    next: 'Set the clock, then try again. S3 refuses requests that are more than 15 minutes off.',
  }),
  's3-exists': ({ location }) => ({
    title: `There is already a bundle at ${location}.`,
    meaning: 'It was not touched, and nothing was sent.',
    next: 'Choose another --name, or delete the old one first.',
  }),
  's3-busy': () => ({
    title: 'S3 is too busy.',
    meaning: 'It was asked several times. Nothing half-made was left.',
    next: 'Try again in a few minutes.',
  }),
  's3-timeout': () => ({
    title: 'S3 stopped answering.',
    meaning: 'The request was given up. Nothing half-made was left that could be removed.',
    next: 'Check the network connection, then try again.',
  }),
  's3-unreachable': ({ endpoint }) => ({
    title: `The connection to ${endpoint ?? 'S3'} failed.`,
    meaning: 'It was tried several times. A bundle that was on its way did not arrive.',
    next: 'Check the network connection and the address, then try again.',
  }),
  's3-untrusted': ({ endpoint }) => ({
    title: `The server${endpoint === undefined ? '' : ` at ${endpoint}`} has no certificate that this computer trusts.`,
    meaning: 'Nothing was sent.',
    next: "If it is your organisation's own server, name its CA certificate in NODE_EXTRA_CA_CERTS.",
  }),
  's3-unverified': ({ location }) => ({
    title: `The bundle was sent to ${location}, but its arrival could not be confirmed.`,
    meaning:
      'It may well be there, whole. A passphrase that Signet made for it was not given out, so nobody could open it.',
    next: "Look with 'signet inbox list', delete what is there, and send again.",
  }),
  's3-integrity': ({ location }) => ({
    title: `What lies at ${location} is not what was sent.`,
    meaning: 'The data were altered on the way or in storage, and were not kept.',
    next: 'Try again. If it happens again, tell whoever runs the server.',
  }),
  's3-refused': ({ status }) => ({
    title: `The server refused the request${status === undefined ? '' : ` (HTTP ${String(status)})`}.`,
    meaning: NOTHING_MOVED,
    next: 'Check the endpoint: it may not be an S3 service, or one that lacks what Signet needs.',
  }),
  's3-left-behind': ({ location, after, remains, right }) => {
    const { title, meaning, ask, otherwise } = LEFT[remains];
    const how = after === 'cancelled' ? 'was stopped' : `failed (${after})`;
    return {
      title: `${title} at ${location}.`,
      meaning: `The transfer ${how}, and ${meaning}`,
      next:
        right === undefined ? otherwise : `${ask}, and for the right ${right} on your own prefix.`,
    };
  },
  'bundle-too-large': ({ limit }) => ({
    title: `The bundle is larger than one upload can be (${formatSize(limit)}).`,
    meaning: NOTHING_SENT,
    next: 'Seal fewer documents at a time.',
  }),
  'connection-invalid': ({ field }) => ({
    title: `The connection's ${CONNECTION_FIELDS[field]} will not do.`,
    meaning: 'The connection was not saved.',
    next: 'Correct it.',
  }),
  'secret-missing': ({ connection }) => ({
    title: `The password or secret key of ${connection} is not here.`,
    meaning: NOTHING_MOVED,
    next: 'Enter it again in the settings.',
  }),
} satisfies Wordings;

import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../app/contract/commands.ts';
import type { ErrorRecord } from '../../../../app/contract/errors.ts';
import type { ConnectionView } from '../../../../app/contract/views.ts';
import {
  formFor,
  hasSecret,
  inputFor,
  problemsIn,
  placeOf,
  problemOf,
  type ConnectionForm,
} from '../../../../renderer/src/screens/settings/connection-form.ts';

const KEPT: ConnectionView = {
  id: 'c1',
  name: 'Office',
  bucket: 'documents',
  prefix: 'incoming/',
  region: 'eu-central-1',
  credentials: { kind: 'keys', accessKeyId: 'AKIAEXAMPLE', secret: 'kept' },
};
const LOST: ConnectionView = {
  ...KEPT,
  credentials: { kind: 'keys', accessKeyId: 'AKIAEXAMPLE', secret: 'missing' },
};
const filled = (more: Partial<ConnectionForm> = {}): ConnectionForm => ({
  ...formFor(KEPT),
  ...more,
});
const failed = (code: string, data: object) => ({ code, data }) as unknown as ErrorRecord;

test('the form of a connection holds all of it but the secret', () => {
  expect(formFor(KEPT)).toEqual({
    name: 'Office',
    bucket: 'documents',
    prefix: 'incoming/',
    region: 'eu-central-1',
    endpoint: '',
    how: 'keys',
    profile: '',
    accessKeyId: 'AKIAEXAMPLE',
  });
});

test('an unchanged form saves the connection as it was, and leaves its secret alone', () => {
  expect(inputFor(formFor(KEPT), '', KEPT.id)).toEqual({
    id: 'c1',
    name: 'Office',
    bucket: 'documents',
    prefix: 'incoming/',
    region: 'eu-central-1',
    credentials: { kind: 'keys', accessKeyId: 'AKIAEXAMPLE' },
  });
});

test('what was pasted with spaces or a line break is saved without', () => {
  const form = filled({ name: ' Office ', bucket: 'documents\t', accessKeyId: ' AKIAEXAMPLE' });
  expect(inputFor(form, 'secret/key\n', undefined)).toMatchObject({
    name: 'Office',
    bucket: 'documents',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret/key' },
  });
});

test('with a profile neither key nor secret is handed on, whatever was typed before', () => {
  const input = inputFor(filled({ how: 'profile', profile: 'work' }), 'typed before', undefined);
  expect(input.credentials).toEqual({ kind: 'profile', profile: 'work' });
  expect(JSON.stringify(input)).not.toContain('typed before');
});

test('what the form hands on is what the contract takes', () => {
  const { input } = COMMANDS.saveConnection;
  for (const form of [
    filled(),
    filled({ region: '', endpoint: 'https://s3.example.com' }),
    filled({ how: 'profile', profile: 'default' }),
  ]) {
    const handed = inputFor(form, 'secret', undefined);
    expect(input.parse(handed)).toEqual(handed);
  }
});

test('a new connection needs name, bucket, key and secret', () => {
  const empty = formFor(null);
  expect(problemsIn('where', empty, '', null)).toEqual({ name: 'name', bucket: 'bucket' });
  expect(problemsIn('signIn', empty, ' ', null)).toEqual({
    accessKeyId: 'accessKeyId',
    secret: 'secret',
  });
  expect(problemsIn('access', empty, '', null)).toEqual({});
});

test('the secret may be left empty only where the one for this very key is there', () => {
  expect(hasSecret(filled(), KEPT)).toBe(true);
  expect(problemsIn('signIn', filled(), '', KEPT)).toEqual({});
  expect(problemsIn('signIn', filled(), '', LOST)).toEqual({ secret: 'secret' });
  expect(problemsIn('signIn', filled({ accessKeyId: 'AKIAOTHER' }), '', KEPT)).toEqual({
    secret: 'secret',
  });
});

test('a profile may be left empty: the AWS SDK then takes its own choice', () => {
  expect(problemsIn('signIn', { ...formFor(null), how: 'profile' }, '', null)).toEqual({});
});

test.each(['has space', 'gehe\u00efm', 'two\nlines'])('“%s” is no secret access key', (secret) => {
  expect(problemsIn('signIn', filled(), secret, KEPT)).toEqual({ secret: 'secret' });
});

test.each([
  ['name', 'where', 'name'],
  ['bucket', 'where', 'bucket'],
  ['prefix', 'where', 'prefix'],
  ['region', 'where', 'region'],
  ['endpoint', 'where', 'endpoint'],
  ['profile', 'signIn', 'profile'],
  ['keys', 'signIn', 'accessKeyId'],
])('a refused %s is said on the step “%s”, at its input', (field, step, input) => {
  expect(problemOf(failed('connection-invalid', { field }), filled())).toEqual({
    step,
    problems: { [input]: input },
  });
});

test('that an endpoint is without encryption is said as such', () => {
  const refused = failed('connection-invalid', { field: 'endpoint' });
  expect(problemOf(refused, filled({ endpoint: ' HTTP://s3.example.com' }))).toEqual({
    step: 'where',
    problems: { endpoint: 'insecure' },
  });
});

test('what is about no input is not put to one', () => {
  expect(problemOf(failed('settings-unwritable', { path: '/settings' }), filled())).toBeNull();
  expect(problemOf(failed('host-gone', {}), filled())).toBeNull();
});

test('a place is shown as S3 writes it', () => {
  expect(placeOf(KEPT)).toBe('s3://documents/incoming/');
  expect(placeOf({ bucket: 'documents', prefix: '' })).toBe('s3://documents/');
});

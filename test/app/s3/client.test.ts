import { expect, onTestFinished, test } from 'vitest';
import { connectS3, type S3Connection } from '../../../app/s3/client.ts';
import { findObject } from '../../../app/s3/listing.ts';
import { connectionTo } from '../../support/aws-environment.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';

/** How long a client waits, once it has made a request. */
async function patienceOf(settings: Partial<S3Connection>): Promise<object> {
  const server = await ScriptedS3.start();
  const client = await connectS3({ ...connectionTo(server), ...settings });
  onTestFinished(() => {
    client.destroy();
  });
  await findObject(client, { bucket: server.model.bucket, key: 'box/bundle.age' }, {});
  // The SDK's typings also cover handlers of one's own.
  const handler = client.config.requestHandler as { httpHandlerConfigs?: () => object };
  return handler.httpHandlerConfigs?.() ?? {};
}

test('nothing that S3 fails to answer is waited for without end', async () => {
  expect(await patienceOf({})).toMatchObject({
    connectionTimeout: 10_000,
    socketTimeout: 60_000,
    requestTimeout: 600_000,
    throwOnRequestTimeout: true,
  });
});

test('how long is waited can be chosen', async () => {
  const timeouts = { connect: 1_000, idle: 2_000, request: 3_000 };
  expect(await patienceOf({ timeouts })).toMatchObject({
    connectionTimeout: 1_000,
    socketTimeout: 2_000,
    requestTimeout: 3_000,
  });
});

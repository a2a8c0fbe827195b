import type { CommandInput } from '../../app/contract/commands.ts';
import { useAwsEnvironment } from './aws-environment.ts';
import type { ScriptedS3 } from './scripted-s3.ts';
import type { TestSession } from './sessions.ts';

/** A secret that is easy to look for. */
export const SECRET = 'SECRETaccessKEYthatNobodyMaySee0';

/**
 * What somebody types to set up a connection to a scripted server.
 *
 * @param server - the server
 * @param more - what is not as usual
 */
export function connectionInput(
  server: ScriptedS3,
  more: Partial<CommandInput<'saveConnection'>> = {},
): CommandInput<'saveConnection'> {
  return {
    name: 'Applications',
    bucket: server.model.bucket,
    prefix: 'home',
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: { kind: 'keys', accessKeyId: server.accessKeyId, secretAccessKey: SECRET },
    ...more,
  };
}

/**
 * Sets up a connection to a scripted server, in an environment without anything about AWS.
 *
 * @param screen - the session
 * @param server - the server
 * @returns the connection's id
 */
export async function connect(screen: TestSession, server: ScriptedS3): Promise<string> {
  useAwsEnvironment();
  return (await screen.run('saveConnection', connectionInput(server))).id;
}

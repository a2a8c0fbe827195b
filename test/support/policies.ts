import type { S3Right } from '../../app/s3/errors.ts';

/** What one user may do, or may not, under one prefix. */
export interface Grant {
  /** Unless given: to allow. */
  readonly effect?: 'Allow' | 'Deny';
  readonly user: string;
  readonly actions: readonly (S3Right | 's3:*')[];
  readonly prefix: string;
}

/** What a sender needs, and has: nothing else. */
export const SENDER_RIGHTS = [
  's3:PutObject',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:ListBucket',
] as const satisfies readonly S3Right[];

/** What a recipient needs. */
export const RECIPIENT_RIGHTS = [
  's3:GetObject',
  's3:DeleteObject',
  's3:ListBucket',
] as const satisfies readonly S3Right[];

/**
 * A bucket policy. The right to list is a right on the bucket, limited by the prefix that is asked for; all others are rights on
 * the objects under the prefix.
 *
 * @param bucket - its name
 * @param grants - who may do what
 * @returns JSON
 */
export function policyOf(bucket: string, grants: readonly Grant[]): string {
  const resource = `arn:aws:s3:::${bucket}`;
  const Statement = grants.flatMap(({ effect = 'Allow', user, actions, prefix }) => {
    const common = { Effect: effect, Principal: { AWS: [`arn:aws:iam:::user/${user}`] } };
    if (actions.includes('s3:*'))
      return [{ ...common, Action: ['s3:*'], Resource: [resource, `${resource}/*`] }];
    const onObjects = actions.filter((action) => action !== 's3:ListBucket');
    return [
      ...(onObjects.length === 0
        ? []
        : [{ ...common, Action: onObjects, Resource: [`${resource}/${prefix}*`] }]),
      ...(onObjects.length === actions.length
        ? []
        : [
            {
              ...common,
              Action: ['s3:ListBucket'],
              Resource: [resource],
              Condition: { StringLike: { 's3:prefix': `${prefix}*` } },
            },
          ]),
    ];
  });
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

import type { IncomingHttpHeaders } from 'node:http';
import type { S3Right } from '../../app/s3/errors.ts';

/** The operations of S3 that Signet may use; a request for any other is a defect, and refused. */
export type S3Operation =
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'ListObjectsV2'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'ListParts'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload';

/** The right that Amazon S3 documents for each operation. */
export const RIGHT_OF: Readonly<Record<S3Operation, S3Right>> = {
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
  ListObjectsV2: 's3:ListBucket',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  ListParts: 's3:ListMultipartUploadParts',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
};

/** A request as S3 understands it. */
export interface S3Ask {
  readonly operation: S3Operation;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of the body. */
  readonly sha256: Buffer;
}

/** What S3 answers. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** S3 says no, in its documented form. */
export class S3Refusal extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status - of HTTP
   * @param code - S3's error code
   * @param fields - further elements of the error document
   * @param headers - further headers of the answer
   */
  constructor(
    status: number,
    code: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.status = status;
    this.fields = { Code: code, Message: `${code}, as a test asked for.`, ...fields };
    this.headers = headers;
  }

  /** The refusal as it goes over the wire. */
  answer(): S3Answer {
    const body = xmlDocument(element('Error', elements(this.fields)));
    return { ...body, status: this.status, headers: { ...body.headers, ...this.headers } };
  }
}

/**
 * Which operation a request is, by its method and address.
 *
 * @returns `undefined` for those that Signet has no business with
 */
export function operationOf(
  method: string,
  key: string,
  query: URLSearchParams,
): S3Operation | undefined {
  const upload = query.has('uploadId');
  if (key === '') return method === 'GET' && query.has('list-type') ? 'ListObjectsV2' : undefined;
  switch (method) {
    case 'PUT':
      return upload ? 'UploadPart' : 'PutObject';
    case 'GET':
      return upload ? 'ListParts' : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'DELETE':
      return upload ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload';
      return upload ? 'CompleteMultipartUpload' : undefined;
    default:
      return undefined;
  }
}

/** One XML element with its content, which is XML already. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** Elements with text in them. */
export function elements(fields: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(fields)
    .map(([name, value]) => element(name, escapeXml(String(value))))
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An answer of status 200 with an XML document. */
export function xmlDocument(root: string): S3Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root}`),
  };
}

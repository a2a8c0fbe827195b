import { AppError } from '../contract/errors.ts';

/**
 * Reads the address of an S3-compatible service.
 *
 * @param text - what the person gave
 * @param source - what they gave it as, for the error
 * @throws `url-invalid`
 */
export function parseEndpoint(text: string, source: string): URL {
  const url = URL.parse(text);
  const good =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '';
  // The text is not repeated: people paste credentials into URLs.
  if (!good) throw new AppError('url-invalid', { url: source });
  return url;
}

/**
 * Refuses to speak plain http over a network.
 *
 * @param url - the address
 * @param allowHttp - whether the person accepts it
 * @throws `endpoint-insecure`
 */
export function requireSecure(url: URL, allowHttp = false): void {
  if (url.protocol === 'https:' || allowHttp || isLoopback(url.hostname)) return;
  throw new AppError('endpoint-insecure', { endpoint: url.origin });
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

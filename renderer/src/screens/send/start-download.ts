/**
 * Lets the browser save something that the host has ready.
 *
 * @param path - of the host
 * @param name - to save it as
 */
export function startDownload(path: string, name: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = name;
  link.click();
}

import { constants } from 'node:fs';

/**
 * To open a file for reading. Somebody may have put a pipe in its place, and opening one waits for its writer; with this it does not,
 * and whoever opened it sees that it is no file.
 */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;

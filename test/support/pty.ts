import { PROGRAM, start, type Run, type RunOptions } from './cli.ts';
import { hasCommand } from './peers.ts';

/** Whether a terminal can be had: Python makes it, because Node cannot. */
export const hasTerminal = process.platform !== 'win32' && hasCommand('python3');

/** Runs a command as the session leader of a new terminal of 80 columns, and passes on what is typed and shown. */
const PYTHON = `
import fcntl, os, pty, select, signal, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
sources = [terminal, 0]
while True:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed:
            os.write(terminal, typed)
        else:
            sources.remove(0)
    if terminal in ready:
        try:
            shown = os.read(terminal, 4096)
        except OSError:
            break
        if not shown:
            break
        os.write(1, shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
`;

/** A command in a terminal, and the person in front of it. */
export interface Terminal {
  /** Resolves when this is shown, behind what was waited for before. */
  readonly shows: (text: string) => Promise<void>;
  /** Presses keys; `\r` is Enter, `\x03` is Ctrl-C. */
  readonly type: (keys: string) => void;
  /** Sends the command a signal from outside. */
  readonly terminate: () => void;
  /** When it is over: the exit code, and as standard output all that was shown. */
  readonly ended: Promise<Run>;
}

/**
 * Runs a command in a terminal.
 *
 * @param command - its name or path
 * @param args - its arguments
 * @param options - what is not as usual
 */
export function inTerminal(
  command: string,
  args: readonly string[],
  options: Omit<RunOptions, 'input' | 'interactive'> = {},
): Terminal {
  const { child, ended } = start('python3', ['-c', PYTHON, command, ...args], {
    ...options,
    env: { TERM: 'xterm-256color', ...options.env },
    interactive: true,
  });
  let screen = '';
  let seen = 0;
  child.stdout.on('data', (piece: string) => (screen += piece));
  return {
    ended,
    type: (keys) => {
      child.stdin.write(keys);
    },
    terminate: () => {
      child.kill('SIGTERM');
    },
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = screen.indexOf(text, seen);
          if (found < 0) return;
          seen = found + text.length;
          child.stdout.off('data', look);
          resolve();
        };
        child.stdout.on('data', look);
        child.once('close', () => {
          reject(new Error(`it ended without '${text}': ${screen}`));
        });
        look();
      }),
  };
}

/**
 * Runs Signet in a terminal.
 *
 * @param args - its arguments
 * @param options - what is not as usual
 */
export function signetInTerminal(
  args: readonly string[],
  options?: Omit<RunOptions, 'input' | 'interactive'>,
): Terminal {
  return inTerminal(process.execPath, [PROGRAM, ...args], options);
}

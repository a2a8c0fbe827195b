import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

/** The screen is drawn to fit into this; nothing is cut off. */
export const LEAST = { width: 960, height: 600 } as const;
const AT_FIRST = { width: 1280, height: 800 } as const;

const STATE = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  maximized: z.boolean(),
});

/** Where the window was. */
export type WindowState = z.infer<typeof STATE>;

/** Where a window is to be. Without a position the system chooses one. */
export interface Placing {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Puts a window where it was, as far as the displays that are there now allow: inside the work area, and no smaller than usable.
 *
 * @param state - where it was, if that is known
 * @param areas - the work areas of all displays, the main one first
 */
export function placeWindow(state: WindowState | undefined, areas: readonly Rectangle[]): Placing {
  const wanted = state?.bounds;
  const area = wanted === undefined ? undefined : bestArea(wanted, areas);
  if (wanted === undefined || area === undefined) return fit(AT_FIRST, areas[0]);
  const { width, height } = fit(wanted, area);
  return {
    width,
    height,
    x: clamp(wanted.x, area.x, area.x + area.width - width),
    y: clamp(wanted.y, area.y, area.y + area.height - height),
  };
}

/** The area that shows most of the window; none when it would be out of sight. */
function bestArea(wanted: Rectangle, areas: readonly Rectangle[]): Rectangle | undefined {
  let best: Rectangle | undefined;
  let most = 0;
  for (const area of areas) {
    const width =
      Math.min(wanted.x + wanted.width, area.x + area.width) - Math.max(wanted.x, area.x);
    const height =
      Math.min(wanted.y + wanted.height, area.y + area.height) - Math.max(wanted.y, area.y);
    const shown = Math.max(0, width) * Math.max(0, height);
    if (shown <= most) continue;
    most = shown;
    best = area;
  }
  return best;
}

function fit(
  wanted: { readonly width: number; readonly height: number },
  area: Rectangle | undefined,
): { width: number; height: number } {
  return {
    width: Math.max(LEAST.width, Math.min(wanted.width, area?.width ?? wanted.width)),
    height: Math.max(LEAST.height, Math.min(wanted.height, area?.height ?? wanted.height)),
  };
}

/** The lower bound wins where the display is smaller than the window: its title bar has to be in reach. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/**
 * Reads where the window was.
 *
 * @param path - of the file
 * @returns `undefined` when nothing usable is there
 */
export function readWindowState(path: string): WindowState | undefined {
  try {
    return STATE.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Writes where the window is. Losing that is no reason to fail.
 *
 * @param path - of the file
 * @param state - where it is
 */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    const partial = `${path}.partial`;
    writeFileSync(partial, JSON.stringify(state), { mode: 0o600 });
    renameSync(partial, path);
  } catch {
    // The next window opens in the middle.
  }
}

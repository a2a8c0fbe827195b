import type { EventEmitter } from 'node:events';

/**
 * Makes a part of Electron of the few members that the stand-in has. They have to fit Electron's own types, so that a new release
 * that changes one of them does not compile; whatever else is asked for throws, so that nothing is believed to work that does nothing.
 *
 * @param name - what it is called
 * @param parts - the members there are
 */
export function only<T extends object>(name: string, parts: Partial<T>): T {
  return new Proxy(parts as T, {
    get: (target, key) => {
      if (!(key in target) && typeof key === 'string' && key !== 'then' && key !== 'toJSON')
        throw new Error(`the stand-in for Electron has no ${name}.${key}`);
      const value: unknown = Reflect.get(target, key);
      // Bound, because private members are those of the target and not of the proxy.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set: (target, key, value) => {
      if (key in target) return Reflect.set(target, key, value);
      throw new Error(`the stand-in for Electron has no ${name}.${String(key)}`);
    },
  });
}

/** A listener as all of Electron's overloads take it. */
export type Listener = (...args: never[]) => void;

/** Adds a listener whose arguments its event decides. */
export function listen(events: EventEmitter, name: string, listener: Listener): void {
  events.on(name, listener as (...args: unknown[]) => void);
}

/** An event of Electron's that a listener can prevent. */
export function preventableEvent(): { defaultPrevented: boolean; preventDefault: () => void } {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

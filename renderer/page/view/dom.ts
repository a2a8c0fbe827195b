type Child = Node | string | undefined;

/** How an element is made: its attributes by name, and what a click on it does. */
export interface Making {
  readonly [attribute: string]: string | number | boolean | (() => void) | undefined;
  readonly onClick?: () => void;
}

/**
 * Makes an element. Text is only ever text: nothing in this page is parsed as HTML.
 *
 * @param tag - its name
 * @param making - attributes; `true` sets one without a value, `false` and `undefined` leave it out
 * @param children - elements and text in it
 */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  making: Making = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(making)) {
    if (typeof value === 'function') element.addEventListener('click', value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/**
 * A button that submits nothing by itself.
 *
 * @param kind - how it looks
 * @param text - what it does
 * @param onClick - does it
 * @param more - attributes
 */
export function button(
  kind: 'primary' | 'plain' | 'usual',
  text: Child,
  onClick: () => void,
  more: Making = {},
): HTMLButtonElement {
  return make('button', { type: 'button', class: `button button-${kind}`, onClick, ...more }, text);
}

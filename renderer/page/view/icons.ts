const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Outlines on a grid of 24 by 24, drawn with a line of 1.8. */
const OUTLINES = {
  eye: [
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z',
    'M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  ],
  'eye-off': [
    'M9.9 5.8A9 9 0 0 1 12 5.5C18 5.5 21.5 12 21.5 12a15 15 0 0 1-2.2 3',
    'M6.5 7.3A14.6 14.6 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.8-1.4',
    'M9.9 9.9a3 3 0 0 0 4.2 4.2M3 3l18 18',
  ],
  check: ['m5 12.5 4.5 4.5L19.5 7'],
  shield: ['M12 3 5 5.5v5.7c0 4.4 2.9 7.7 7 9.3 4.1-1.6 7-4.9 7-9.3V5.5Z', 'm9 12 2.2 2.2L15.2 10'],
  warning: ['M12 4 2.8 19.5h18.4Z', 'M12 10v4.2M12 17v.01'],
  lock: ['M7 10.5V8a5 5 0 0 1 10 0v2.5', 'M5.5 10.5h13v9.5h-13Z'],
  download: ['M12 4v11m-4.5-4.5L12 15l4.5-4.5', 'M5 19.5h14'],
} as const;

/** The icons that the page has. */
export type IconName = keyof typeof OUTLINES;

/**
 * An icon. It says nothing that the words beside it do not say.
 *
 * @param name - which
 * @param size - in pixels
 */
export function icon(name: IconName, size = 18): SVGSVGElement {
  const svg = draw('svg', {
    width: size,
    height: size,
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.8,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  });
  for (const d of OUTLINES[name]) svg.append(draw('path', { d }));
  return svg;
}

/** Signet's mark: an envelope's flap, sealed. */
export function mark(size: number): SVGSVGElement {
  const svg = draw('svg', {
    width: size,
    height: size,
    viewBox: '0 0 24 24',
    fill: 'none',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  });
  svg.append(
    draw('rect', { class: 'mark-fill', x: 1, y: 3, width: 22, height: 18, rx: 5 }),
    draw('path', {
      d: 'M4.5 7.2 11 12.6a1.6 1.6 0 0 0 2 0l6.5-5.4',
      stroke: '#fff',
      'stroke-width': 1.7,
    }),
    draw('circle', { cx: 12, cy: 13.6, r: 3.6, fill: '#fff' }),
    draw('path', { class: 'mark-line', d: 'm10.6 13.6 1 1 1.9-1.9', 'stroke-width': 1.2 }),
  );
  return svg;
}

function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

import type { ReactNode } from 'react';

/** The mark: an envelope's flap, sealed. */
export function Mark({ size = 24 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden>
      <rect x="1" y="3" width="22" height="18" rx="5" fill="var(--accent-fill)" />
      <path
        d="M4.5 7.2 11 12.6a1.6 1.6 0 0 0 2 0l6.5-5.4"
        stroke="#fff"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="12" cy="13.6" r="3.6" fill="#fff" />
      <path
        d="m10.6 13.6 1 1 1.9-1.9"
        stroke="var(--accent-fill)"
        strokeWidth="1.2"
        strokeLinecap="round"
        strokeLinejoin="round"
        style={{ stroke: 'light-dark(#3f4fd1, #5361e2)' }}
      />
    </svg>
  );
}

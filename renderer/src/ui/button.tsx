import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

/** How much a button stands out. */
export type ButtonKind = 'normal' | 'primary' | 'danger' | 'plain' | 'icon';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly kind?: ButtonKind;
  readonly large?: boolean;
  readonly children: ReactNode;
}

/** A button. One that shows only an icon has an `aria-label`. */
export function Button({ kind = 'normal', large = false, ...props }: ButtonProps): ReactNode {
  const names = ['button'];
  if (kind !== 'normal') names.push(`button-${kind}`);
  if (large) names.push('button-large');
  return <AriaButton {...props} className={names.join(' ')} />;
}

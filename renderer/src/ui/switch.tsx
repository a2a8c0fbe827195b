import type { ReactNode } from 'react';
import { SwitchButton, SwitchField } from 'react-aria-components';
import './switch.css';

/** Something that is on or off, and counts at once. */
export function Switch({
  label,
  hint,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  return (
    <SwitchField isSelected={isOn} onChange={onChange}>
      <SwitchButton className="switch">
        <span className="switch-track" aria-hidden />
        <span>
          {label}
          {hint === undefined ? null : (
            <>
              <br />
              <span className="small quiet">{hint}</span>
            </>
          )}
        </span>
      </SwitchButton>
    </SwitchField>
  );
}

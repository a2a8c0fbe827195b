import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';

/** One of several things to choose. */
export interface Choice<K extends string> {
  readonly key: K;
  readonly name: string;
  readonly hint?: string;
  readonly icon?: LucideIcon;
  /** It cannot be chosen at the moment; why stands somewhere near. */
  readonly isDisabled?: boolean;
}

interface ChoicesProps<K extends string> {
  readonly label: string;
  readonly choices: readonly Choice<K>[];
  readonly value: K | null;
  readonly onChange: (key: K) => void;
}

/** Cards of which one is chosen. */
export function Choices<K extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoicesProps<K>): ReactNode {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onChange={(key) => {
        onChange(key as K);
      }}
      className="choices"
    >
      {choices.map(({ key, name, hint, icon: Icon }) => (
        <RadioField key={key} value={key}>
          <RadioButton className="choice">
            {Icon === undefined ? null : <Icon size={20} aria-hidden />}
            <span className="grow">
              <span className="choice-name wrap-anywhere">{name}</span>
              {hint === undefined ? null : (
                <>
                  <br />
                  <span className="small quiet wrap-anywhere">{hint}</span>
                </>
              )}
            </span>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}

/** A small switch between a few ways. */
export function Segments<K extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoicesProps<K>): ReactNode {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onChange={(key) => {
        onChange(key as K);
      }}
      orientation="horizontal"
      className="segments"
    >
      {choices.map(({ key, name, isDisabled = false }) => (
        <RadioField key={key} value={key} isDisabled={isDisabled}>
          <RadioButton className="segment">{name}</RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}

import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import './select.css';

/** A button that shows what is chosen and opens a list of what there is. */
export function Select<K extends string>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly { readonly key: K; readonly name: string }[];
  readonly value: K;
  readonly onChange: (key: K) => void;
}): ReactNode {
  return (
    <AriaSelect
      aria-label={label}
      className="select"
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(key as K);
      }}
    >
      <Button className="button">
        <SelectValue className="cut">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown size={15} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox>
          {options.map(({ key, name }) => (
            <ListBoxItem key={key} id={key} textValue={name} className="option">
              <Check size={15} aria-hidden />
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

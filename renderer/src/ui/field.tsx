import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from 'react-aria-components';

interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Why what was entered will not do. */
  readonly problem?: string | undefined;
  readonly placeholder?: string;
  /** More than one line. */
  readonly lines?: number;
  readonly mono?: boolean;
  /** Beside the input. */
  readonly after?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A labelled text input with its hint and its error. */
export function Field({
  label,
  hint,
  problem,
  placeholder = '',
  lines,
  mono = false,
  after,
  inputRef,
  ...props
}: FieldProps): ReactNode {
  const className = mono ? 'input mono' : 'input';
  return (
    <TextField {...props} isInvalid={problem !== undefined} className="field">
      <Label className="field-label">{label}</Label>
      <div className="row">
        {lines === undefined ? (
          <Input
            {...(inputRef === undefined ? {} : { ref: inputRef })}
            className={className}
            placeholder={placeholder}
          />
        ) : (
          <TextArea className={className} placeholder={placeholder} rows={lines} />
        )}
        {after}
      </div>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}

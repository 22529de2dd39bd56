import type { InputHTMLAttributes, ReactNode } from 'react';
import { WarningIcon } from './icons.js';

interface FieldProps {
  readonly label: string;
  /** Shown under the field and read with it. */
  readonly problem?: ReactNode;
  /** False for problems that are not about what was typed. */
  readonly invalid?: boolean;
  /** True where something is to be read first: a field in focus would scroll it away. */
  readonly waits?: boolean;
  readonly input: InputHTMLAttributes<HTMLInputElement> & { readonly name: string };
}

/** The one question of a page, ready to be answered. */
export function Field({ label, problem, invalid, waits, input }: FieldProps): ReactNode {
  const problemId = `${input.name}-problem`;
  return (
    <div className="field">
      <label htmlFor={input.name}>{label}</label>
      <input
        {...input}
        id={input.name}
        className="input"
        required
        autoFocus={waits !== true}
        aria-invalid={invalid === true ? true : undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
      />
      {problem !== undefined && (
        <p className="field-problem" id={problemId}>
          <WarningIcon />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}

import type { ReactNode } from 'react';
import type { FlowForm } from '../page.js';

/** A form of a flow: its token goes along, or the server refuses. */
export function FlowFormElement(props: {
  readonly form: FlowForm;
  readonly className?: string;
  /** For a button that stands elsewhere on the page. */
  readonly id?: string;
  readonly children?: ReactNode;
}): ReactNode {
  // The server words the problems, in the language of the page; the browser's bubbles would use their own.
  return (
    <form method="post" action={props.form.action} id={props.id} className={props.className} noValidate>
      <input type="hidden" name="flow" value={props.form.flow} />
      {props.children}
    </form>
  );
}

/** A form of the account page: one button that does one thing to one row. */
export function AccountForm(props: {
  readonly action: string;
  readonly formToken: string;
  readonly row?: { readonly name: 'consent_id' | 'session_id'; readonly value: string };
  readonly children: ReactNode;
}): ReactNode {
  return (
    <form method="post" action={props.action}>
      <input type="hidden" name="form_token" value={props.formToken} />
      {props.row && <input type="hidden" name={props.row.name} value={props.row.value} />}
      {props.children}
    </form>
  );
}

/** A button that asks why before it does something: a reason and a reference, which the audit chain keeps. */

import { OPERATOR_REASONS, type OperatorReason, type Why } from '@reddyfit/shared/operator/acts';
import { type SyntheticEvent, useId, useRef } from 'react';

const SAID: Record<OperatorReason, string> = {
  user_asked: 'The user asked',
  incident: 'An incident',
  quality: 'Quality of results',
  abuse: 'Abuse',
  legal: 'A legal duty',
};

export function AskWhy({
  label,
  danger,
  onWhy,
}: {
  label: string;
  danger?: boolean;
  onWhy: (why: Why) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    dialog.current?.close();
    onWhy({ reason: fields.get('reason') as OperatorReason, reference: String(fields.get('reference')) });
  };
  return (
    <>
      <button
        type="button"
        className={danger ? 'quiet danger' : 'quiet'}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      <dialog ref={dialog} className="sure" aria-labelledby={title}>
        <form onSubmit={submit}>
          <h2 id={title}>{label}</h2>
          <p>It is recorded with your name, and the user can read it.</p>
          <label className="field">
            Reason
            <select name="reason">
              {OPERATOR_REASONS.map((reason) => (
                <option key={reason} value={reason}>
                  {SAID[reason]}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            Reference of a ticket or an incident
            <input
              name="reference"
              required
              maxLength={64}
              pattern="[A-Za-z0-9._#\/\-]+"
              autoComplete="off"
            />
          </label>
          <div className="pair">
            <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
              No
            </button>
            <button className={danger ? 'danger' : ''}>Yes</button>
          </div>
        </form>
      </dialog>
    </>
  );
}

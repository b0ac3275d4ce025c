/** A button that asks for a reason and a reference before it acts. The audit chain keeps both. */

import { OPERATOR_REASONS, type OperatorReason, type Why } from '@reddyfit/shared/operator/acts';
import { type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';

const SAID: Record<OperatorReason, string> = {
  user_asked: 'The user asked',
  incident: 'An incident',
  quality: 'Quality of results',
  abuse: 'Abuse',
  legal: 'A legal duty',
};

export function AskWhy({
  label,
  danger = false,
  told = 'It is recorded with your name, and the user can read it.',
  onWhy,
}: {
  label: string;
  danger?: boolean;
  /** The note that tells who will know of the act. */
  told?: string;
  onWhy: (why: Why) => void;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className={danger ? 'quiet danger' : 'quiet'} onClick={() => setAsking(true)}>
        {label}
      </button>
      {asking && (
        <Question label={label} danger={danger} told={told} onWhy={onWhy} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

function Question({
  label,
  danger,
  told,
  onWhy,
  onClose,
}: {
  label: string;
  danger: boolean;
  told: string;
  onWhy: (why: Why) => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [title, note] = [useId(), useId()];
  useEffect(() => {
    const shown = dialog.current!;
    shown.showModal();
    // Closing the dialog returns the focus to the button.
    return () => shown.close();
  }, []);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    onClose();
    onWhy({ reason: fields.get('reason') as OperatorReason, reference: String(fields.get('reference')) });
  };
  return (
    <dialog ref={dialog} className="sure" aria-labelledby={title} aria-describedby={note} onCancel={onClose}>
      <form onSubmit={submit}>
        <h2 id={title}>{label}</h2>
        <p id={note}>{told}</p>
        <label className="field">
          Reason
          <select name="reason" required defaultValue="">
            <option value="" disabled>
              Choose
            </option>
            {OPERATOR_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {SAID[reason]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Reference of a ticket or an incident
          <input name="reference" required maxLength={64} pattern="[A-Za-z0-9._#\/\-]+" autoComplete="off" />
        </label>
        <div className="pair">
          <button type="button" className="quiet" onClick={onClose}>
            No
          </button>
          <button className={danger ? 'danger' : ''}>Yes</button>
        </div>
      </form>
    </dialog>
  );
}

/** A button that asks for confirmation before it does something that cannot be undone. */

import { useId, useRef } from 'react';

export function Sure({
  label,
  question,
  yes,
  no,
  onYes,
}: {
  label: string;
  question: string;
  yes: string;
  no: string;
  onYes: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [title, asked] = [useId(), useId()];
  return (
    <>
      <button type="button" className="quiet danger" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog
        ref={dialog}
        role="alertdialog"
        className="sure"
        aria-labelledby={title}
        // Without it a screen reader says what the first button does, and not what is asked.
        aria-describedby={asked}
      >
        <h2 id={title}>{label}</h2>
        <p id={asked}>{question}</p>
        <div className="pair">
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {no}
          </button>
          <button
            type="button"
            className="danger"
            onClick={() => {
              dialog.current?.close();
              onYes();
            }}
          >
            {yes}
          </button>
        </div>
      </dialog>
    </>
  );
}

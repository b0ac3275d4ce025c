/** Form fields for a period of whole days (UTC). */

export function PeriodFields() {
  return (
    <>
      <label className="field">
        From the day (UTC)
        <input name="from" type="date" required />
      </label>
      <label className="field">
        To before the day (UTC)
        <input name="to" type="date" required />
      </label>
    </>
  );
}

/** The period in a form that contains PeriodFields. */
export function periodOf(form: HTMLFormElement): { from: string; to: string } {
  const fields = new FormData(form);
  const time = (name: string) => `${String(fields.get(name))}T00:00:00Z`;
  return { from: time('from'), to: time('to') };
}

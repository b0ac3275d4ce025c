/** An input for a number between two bounds, with its label above it. */

export function NumberField({
  label,
  ...input
}: {
  label: string;
  name: string;
  min: number;
  max: number;
  defaultValue?: number | undefined;
}) {
  return (
    <label className="field">
      {label}
      <input type="number" inputMode="decimal" step="any" required {...input} />
    </label>
  );
}

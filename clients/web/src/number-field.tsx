/** A field for a number between two bounds, with what it is asked for above it. */

export function NumberField({
  label,
  name,
  min,
  max,
}: {
  label: string;
  name: string;
  min: number;
  max: number;
}) {
  return (
    <label>
      {label}
      <input name={name} type="number" inputMode="decimal" step="any" min={min} max={max} required />
    </label>
  );
}

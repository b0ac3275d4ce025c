/** Why a field was not accepted: said at once, and what the field is described by from then on. */

import { Field } from '@base-ui/react/field';

/** Must be within a `Field.Root`. `missing` and `range` are sentences; the browser has words for what is wrong otherwise. */
export function Fault({ missing, range }: { missing: string; range?: string }) {
  return (
    <Field.Validity>
      {({ validity: { valueMissing, rangeUnderflow, rangeOverflow } }) => {
        const said = valueMissing ? missing : rangeUnderflow || rangeOverflow ? range : undefined;
        return <Field.Error role="alert" className="fault" {...(said && { children: said })} />;
      }}
    </Field.Validity>
  );
}

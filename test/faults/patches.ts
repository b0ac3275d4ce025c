/** Finds the patches that a workflow took: its history has a marker for each `patched()` that was true. */

import { z } from 'zod';

/** The relevant parts of a history in the form of fixtures/histories/plain-history.ts. */
const plainHistory = z.object({
  history: z.object({
    events: z.array(
      z.object({
        markerRecordedEventAttributes: z
          .object({
            markerName: z.string(),
            details: z.record(z.string(), z.object({ payloads: z.array(z.object({ data: z.base64() })) })),
          })
          .optional(),
      }),
    ),
  }),
});

/** The JSON that the SDK writes into a marker named `core_patch`. */
const patchData = z.object({ id: z.string() });

/** Ids of the patches in a decrypted history (JSON), in their order. */
export function patchesIn(json: string): string[] {
  const { events } = plainHistory.parse(JSON.parse(json)).history;
  return events.flatMap(({ markerRecordedEventAttributes: marker }) => {
    if (marker?.markerName !== 'core_patch') return [];
    const data = marker.details['patch-data']?.payloads[0]?.data ?? '';
    return [patchData.parse(JSON.parse(Buffer.from(data, 'base64').toString('utf8'))).id];
  });
}

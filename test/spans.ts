/** Reads the stack's spans from the suite's collector. */

import type { ExportedSpan } from './otlp-receiver.ts';

/** All spans received so far. */
export async function exportedSpans(collector: string): Promise<ExportedSpan[]> {
  return (await (await fetch(`${collector}/spans`)).json()) as ExportedSpan[];
}

/** The spans that name a scan. */
export async function spansOfScan(collector: string, scanId: string): Promise<ExportedSpan[]> {
  const spans = await exportedSpans(collector);
  return spans.filter(({ attributes }) => attributes['reddyfit.scan.id'] === scanId);
}

/** The names of the spans from the root to this one. */
export function wayTo(span: ExportedSpan, spans: readonly ExportedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent ? wayTo(parent, spans) : []), span.name];
}

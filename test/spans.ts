/** What the suite's collector has of the stack's spans. */

import type { ExportedSpan } from './otlp-receiver.ts';

/** All spans that came so far. */
export async function exportedSpans(collector: string): Promise<ExportedSpan[]> {
  return (await (await fetch(`${collector}/spans`)).json()) as ExportedSpan[];
}

/** Those that name a scan. */
export async function spansOfScan(collector: string, scanId: string): Promise<ExportedSpan[]> {
  const spans = await exportedSpans(collector);
  return spans.filter(({ attributes }) => attributes['reddyfit.scan.id'] === scanId);
}

/** Names from the root to this span. */
export function wayTo(span: ExportedSpan, spans: readonly ExportedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent ? wayTo(parent, spans) : []), span.name];
}

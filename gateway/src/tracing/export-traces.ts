import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { createTracing } from './tracing.ts'
import type { Tracing } from './tracing.ts'

/** Spans that wait for the collector: what is more is dropped, so that a collector that is away costs memory of a bounded size. */
const QUEUE_MAX = 4_096
/** How often (ms) spans are sent, and how long one sending may take. */
const [SEND_EVERY_MS, SEND_MS] = [2_000, 5_000]

/** Sends spans to a collector by OTLP over HTTP. Loaded only where a collector is named. */
export function exportTraces (url: string, mspId: string): Tracing {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: SEND_MS })
  const provider = new TracerProvider({
    // By default whoever asks would decide whether spans are kept: one who has something to hide says no.
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes({ 'service.name': 'epione-gateway', 'service.instance.id': mspId }),
    spanProcessors: [new BatchSpanProcessor({
      exporter, maxQueueSize: QUEUE_MAX, scheduledDelayMillis: SEND_EVERY_MS, exportTimeoutMillis: SEND_MS
    })]
  })
  return createTracing(provider.getTracer('epione-gateway'), new W3CTraceContextPropagator(), async () => { await provider.shutdown() })
}

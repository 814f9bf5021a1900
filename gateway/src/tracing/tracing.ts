import { AsyncLocalStorage } from 'node:async_hooks'
import {
  defaultTextMapGetter, defaultTextMapSetter, INVALID_SPAN_CONTEXT, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace
} from '@opentelemetry/api'
import type { Attributes, Context, Span, TextMapPropagator, Tracer } from '@opentelemetry/api'

/** What a span may say: names and numbers that this code lists. No id of a person or record, no address, nothing of a statement. */
export type SpanFacts = Attributes

/** What a traced call gives: headers for whoever is asked, and its end. */
export interface TracedCall { headers: Record<string, string>, end: (isGood: boolean) => void }

/** Where a request comes from and what it causes, across hospitals (W3C Trace Context). */
export interface Tracing {
  /** Begins a request's span, as a part of what its `traceparent` names. */
  begin: (name: string, headers: Record<string, unknown>, facts: SpanFacts) => Span | undefined
  /** Runs work as caused by a span. */
  run: (span: Span | undefined, work: () => void) => void
  /** A span around work, as a part of the current one. */
  within: <T>(name: string, facts: SpanFacts, work: () => Promise<T>) => Promise<T>
  /** A span around a call of another gateway. */
  call: (name: string, facts: SpanFacts) => TracedCall
  close: () => Promise<void>
}

/** What is not traced is told to nobody, and no other gateway sees a trace of it. */
export const NO_TRACING: Tracing = {
  begin: () => undefined,
  run: (_span, work) => { work() },
  within: async (_name, _facts, work) => await work(),
  call: () => ({ headers: {}, end: () => undefined }),
  close: async () => { await Promise.resolve() }
}

/** Tracing by a tracer. It keeps to itself what is current, so that several gateways of one process do not mix. */
export function createTracing (tracer: Tracer, propagator: TextMapPropagator, close: () => Promise<void>): Tracing {
  const current = new AsyncLocalStorage<Span>()
  const here = (): Context => {
    const span = current.getStore()
    return span === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, span)
  }
  return {
    // `tracestate` is text of the caller's: it would be kept, and passed on to the other hospitals.
    begin: (name, { traceparent }, attributes) =>
      tracer.startSpan(
        name, { kind: SpanKind.SERVER, attributes }, propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
      ),
    run: (span, work) => { current.run(span ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT), work) },
    within: async (name, attributes, work) => {
      const span = tracer.startSpan(name, { attributes }, here())
      try {
        return await current.run(span, work)
      } catch (error) {
        // Neither message nor stack, which may quote what was sent.
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    call: (name, attributes) => {
      const [span, headers] = [tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, here()), {}]
      propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter)
      return {
        headers,
        end: (isGood) => {
          if (!isGood) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        }
      }
    },
    close
  }
}

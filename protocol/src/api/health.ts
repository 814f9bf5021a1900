import { Type } from 'typebox'
import type { TInteger, TObject } from 'typebox'
import { PUBLIC } from './common.ts'
import { defineOperation } from './operation.ts'

const tags = ['health'] as const
/** Counts, or a time in ms since 1970, by name. */
function counts<Name extends string> (...names: Name[]): TObject<Record<Name, TInteger>> {
  return Type.Object(Object.fromEntries(names.map((name) => [name, Type.Integer()])) as Record<Name, TInteger>)
}

/** Conditions of readiness by name. */
export const Checks = Type.Record(Type.String(), Type.Union([Type.Literal('ok'), Type.Literal('failing')]))
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('not-ready')]),
  checks: Checks,
  /** As counted last; `short`: contents that lie at fewer than two hospitals. */
  copies: Type.Optional(counts('held', 'short', 'mended', 'silent', 'countedAt')),
  /** Of the hospital's own IPFS node, where it has one. */
  pins: Type.Optional(counts('held', 'pinned', 'repinned', 'restored', 'lost'))
})

/** Whether a gateway runs, and can do its work. */
export const HEALTH = {
  live: defineOperation({
    id: 'getLiveness',
    method: 'GET',
    path: '/health/live',
    tags,
    summary: 'The process answers',
    answers: { 200: Type.Object({ status: Type.Literal('live') }) },
    access: PUBLIC
  }),

  ready: defineOperation({
    id: 'getReadiness',
    method: 'GET',
    path: '/health/ready',
    tags,
    summary: 'The gateway can do its work',
    answers: { 200: Readiness, 503: Readiness },
    access: { ...PUBLIC, stranger: { status: 200, when: '503 while it is not ready' } }
  })
} as const

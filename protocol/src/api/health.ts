import { Type } from 'typebox'
import { PUBLIC } from './common.ts'
import { defineOperation } from './operation.ts'

const tags = ['health'] as const
const Check = Type.Union([Type.Literal('ok'), Type.Literal('failing')])
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('not-ready')]),
  checks: Type.Record(Type.String(), Check)
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

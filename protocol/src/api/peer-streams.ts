import { Type } from 'typebox'
import { EventId } from '../shapes/primitives.ts'
import { Signed } from '../shapes/state.ts'
import { COPIES_ACCESS, strict, VersionParams } from './common.ts'
import { defineOperation } from './operation.ts'
import { after, SegmentWraps, WindowPage, Windows, WINDOWS_BODY_BYTES, WRAPS_BODY_BYTES } from './streams.ts'

/** What hospitals say to each other of windows. */

const tags = ['between gateways'] as const

export const PEER_STREAMS = {
  putWindows: defineOperation({
    id: 'putWindowCopies',
    method: 'POST',
    path: '/v1/peer/windows',
    tags,
    summary: 'Takes copies of windows that a device signed, and signs that they lie here',
    body: Type.Object({ windows: Windows }, strict),
    bodyLimit: WINDOWS_BODY_BYTES,
    answers: { 201: Type.Object({ receipt: Signed }) },
    access: {
      by: 'gateway',
      who: 'each member\'s gateway, with windows that a living device signed',
      stranger: { status: 404, code: 'DEVICE_UNKNOWN', when: 'with windows of a device that is on no ledger' },
      trace: 'request log'
    }
  }),

  listWindows: defineOperation({
    id: 'listWindowCopies',
    method: 'GET',
    path: '/v1/peer/records/:recordId/versions/:version/windows',
    tags,
    summary: 'Windows of a segment that lie here, on the same grounds as a ciphertext',
    params: VersionParams,
    query: Type.Object({
      event: Type.Optional(EventId),
      session: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
      after,
      only: Type.Optional(Type.Literal('here', { description: 'those that lie here, without paths, also where others of the segment lie elsewhere' }))
    }),
    answers: { 200: WindowPage },
    access: COPIES_ACCESS
  }),

  putWraps: defineOperation({
    id: 'putWindowWrapCopies',
    method: 'POST',
    path: '/v1/peer/window-wraps',
    tags,
    summary: 'Takes copies of the new wraps of a segment that lies here, with the rewrap that the patient signed',
    body: SegmentWraps,
    bodyLimit: WRAPS_BODY_BYTES,
    answers: { 200: Type.Object({ kept: Type.Boolean() }) },
    access: {
      by: 'gateway',
      who: 'each member\'s gateway, with the patient\'s signed rewrap',
      stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
      trace: 'request log'
    }
  })
} as const

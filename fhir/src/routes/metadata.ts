import type { FastifyInstance } from 'fastify'
import { capabilityOf } from '@epione/protocol/fhir'
import type { Capability } from '@epione/protocol/fhir'
import { baseOf, sendResource, tokenAddress } from '../answers.ts'
import { SEARCH_PARAMETERS } from '../search-values.ts'

const MHD = 'https://profiles.ihe.net/ITI/MHD/CapabilityStatement'
const SEALED = ['create', 'read', 'vread', 'update', 'history-instance', 'search-type'] as const
const BULK = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition'
/** When what this service can do last changed. */
const CHANGED = '2026-11-30'

/** What is served, by type. */
export const CAPABILITIES: readonly Capability[] = [
  { type: 'AuditEvent', interactions: ['read', 'search-type'] },
  { type: 'Binary', interactions: ['create', 'read'] },
  { type: 'Consent', interactions: ['read', 'search-type'] },
  { type: 'DocumentReference', interactions: SEALED, conditionalCreate: true },
  { type: 'List', interactions: SEALED, conditionalCreate: true },
  { type: 'Observation', interactions: SEALED, conditionalCreate: true },
  {
    type: 'Patient',
    interactions: ['read', 'search-type'],
    operations: [{ name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' }]
  },
  { type: 'Provenance', interactions: ['read', 'search-type'] }
]

function withParameters (capability: Capability): Capability {
  const parameters = Object.entries(SEARCH_PARAMETERS[capability.type] ?? {}).map(([name, { type }]) => [name, type] as const)
  const whose = capability.type === 'Patient' || capability.type === 'Binary' ? [] : [['patient', 'reference'] as const]
  return parameters.length === 0 ? capability : { ...capability, parameters: Object.fromEntries([...whose, ...parameters]) }
}

function withExport ({ operations = [], ...capability }: Capability): Capability {
  return { ...capability, operations: [...operations, { name: 'export', definition: `${BULK}/patient-export` }] }
}

/** What this service can do: answered without a token, as it says nothing of anybody. */
export function registerMetadata (app: FastifyInstance, { givesTokens, exports }: { givesTokens: boolean, exports: boolean }): void {
  app.get('/metadata', { config: { access: 'open' } }, async (request, reply) => await sendResource(request, reply, capabilityOf({
    name: 'EpioneFhir',
    title: 'epione fhir',
    description: 'Records of the Epione network in plaintext, on the hospital\'s side: each reading is a logged access request for a stated purpose, and what is written is sealed for its patient.',
    base: baseOf(request),
    date: CHANGED,
    resources: CAPABILITIES.map(withParameters).map((one) => exports && one.type === 'Patient' ? withExport(one) : one),
    instantiates: [`${MHD}/IHE.MHD.DocumentRecipient`, `${MHD}/IHE.MHD.DocumentResponder`],
    security: 'Authorization: Bearer with the token of this service. Purpose-Of-Use says what for, where it is not the service\'s default.',
    ...(givesTokens ? { tokenAddress: tokenAddress(request) } : {}),
    transaction: true,
    ...(exports ? { operations: [{ name: 'export', definition: `${BULK}/export` }] } : {})
  })))
}

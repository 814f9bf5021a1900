import { capabilityOf } from '@epione/protocol/fhir'

/** What a gateway serves of FHIR, as seen at `base`. */
export function gatewayCapability (base: string): ReturnType<typeof capabilityOf> {
  return capabilityOf({
    name: 'EpioneGateway',
    title: 'Epione gateway',
    description: 'What a hospital\'s gateway knows: pseudonyms, signed manifests, consents, the access log, and ciphertext. It can open no record; "epione fhir" does, on the hospital\'s side.',
    base,
    date: '2026-11-30',
    security: 'Bearer token of the hospital\'s identity provider, or a patient\'s session signed for each request. A Binary is read under a permit (?event=).',
    resources: [
      { type: 'AuditEvent', interactions: ['read', 'search-type'], parameters: { patient: 'reference', date: 'date', outcome: 'token' } },
      { type: 'Binary', interactions: ['create', 'read'] },
      { type: 'Consent', interactions: ['read', 'search-type'], parameters: { patient: 'reference' } },
      { type: 'DocumentReference', interactions: ['read', 'vread', 'search-type'], parameters: { patient: 'reference', status: 'token' } },
      { type: 'Provenance', interactions: ['read'] }
    ]
  })
}

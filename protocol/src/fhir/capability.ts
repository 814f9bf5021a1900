import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js'

type Interaction = NonNullable<CapabilityStatementRestResource['interaction']>[number]['code']
type ParameterType = NonNullable<CapabilityStatementRestResource['searchParam']>[number]['type']

/** What one type of resource can do here: nothing is stated that has no code behind it. */
export interface Capability {
  type: string
  interactions: readonly Interaction[]
  parameters?: Readonly<Record<string, ParameterType>>
  profiles?: readonly string[]
  conditionalCreate?: true
  operations?: ReadonlyArray<{ name: string, definition: string }>
}

export interface CapabilityOf {
  name: string
  title: string
  description: string
  base: string
  /** When this program was made: CapabilityStatements of one program are alike. */
  date: string
  resources: readonly Capability[]
  instantiates?: readonly string[]
  security: string
  /** Where programs get tokens by SMART Backend Services. */
  tokenAddress?: string
  transaction?: true
  operations?: ReadonlyArray<{ name: string, definition: string }>
}

export const FHIR_VERSION = '4.0.1'
export const FHIR_JSON = 'application/fhir+json'

/** The CapabilityStatement of a server. */
export function capabilityOf (server: CapabilityOf): CapabilityStatement {
  const { name, title, description, base, date, resources, instantiates, security, tokenAddress, transaction, operations } = server
  return {
    resourceType: 'CapabilityStatement',
    name,
    title,
    status: 'active',
    date,
    description,
    kind: 'instance',
    ...(instantiates === undefined ? {} : { instantiates: [...instantiates] }),
    software: { name: title, version: '0.1.0' },
    implementation: { description: title, url: base },
    fhirVersion: FHIR_VERSION,
    format: [FHIR_JSON, 'json'],
    rest: [{
      mode: 'server',
      security: { ...(tokenAddress === undefined ? {} : smart(tokenAddress)), description: security },
      resource: resources.map(resourceOf),
      ...(transaction === true ? { interaction: [{ code: 'transaction' as const }] } : {}),
      ...(operations === undefined ? {} : { operation: [...operations] })
    }]
  }
}

function smart (tokenAddress: string): NonNullable<NonNullable<CapabilityStatement['rest']>[number]['security']> {
  return {
    extension: [{
      url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
      extension: [{ url: 'token', valueUri: tokenAddress }]
    }],
    service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }] }]
  }
}

function resourceOf (
  { type, interactions, parameters, profiles, conditionalCreate, operations }: Capability
): CapabilityStatementRestResource {
  const isVersioned = interactions.includes('vread')
  return {
    type: type as CapabilityStatementRestResource['type'],
    ...(profiles === undefined ? {} : { supportedProfile: [...profiles] }),
    interaction: interactions.map((code) => ({ code })),
    versioning: isVersioned ? interactions.includes('update') ? 'versioned-update' : 'versioned' : 'no-version',
    readHistory: interactions.includes('history-instance'),
    updateCreate: false,
    conditionalCreate: conditionalCreate === true,
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    ...(parameters === undefined ? {} : { searchParam: Object.entries(parameters).map(([name, type]) => ({ name, type })) }),
    ...(operations === undefined ? {} : { operation: [...operations] })
  }
}

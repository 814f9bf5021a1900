import type { Bundle } from 'fhir/r4.js'
import { PARTITION } from './fhir-world.ts'
import type { FhirWorld } from './fhir-world.ts'
import type { Figures } from './run-parts.ts'

/** Resources of one transaction to HAPI. */
const PER_BUNDLE = 500
const SYNCED = 10_000

/** `epione sync`, from its start to its end, out of a HAPI server with so many Observations of one patient. */
export async function measureSync (world: FhirWorld, { count, say }: { count: number, say: (text: string) => void }): Promise<Figures> {
  const { patientId } = await world.addPatient('synced-patient')
  const fill = async (body: Bundle): Promise<void> => {
    const { status, body: answer } = await world.hapi.ask(PARTITION, '', { method: 'POST', body })
    if (status !== 200) throw new Error(`HAPI answers ${String(status)}: ${JSON.stringify(answer).slice(0, 500)}`)
  }
  await world.hapi.ask(PARTITION, `/Patient/${patientId}`, {
    method: 'PUT', body: { resourceType: 'Patient', id: patientId, identifier: [{ system: 'urn:epione:patient', value: patientId }] }
  })
  for (let from = 0; from < count; from += PER_BUNDLE) await fill(bundleOf(patientId, from, Math.min(count, from + PER_BUNDLE)))
  say(`${String(count)} Observations are at HAPI`)
  const args = ['sync', 'fhir', world.hapi.base(PARTITION), '--name', 'bench', '--cards', world.cards, '--type', 'Observation', '--at-once', '32']
  const { ms, json } = await world.author.must(args)
  const { added } = json as { added?: number }
  if (added !== count) throw new Error(`${String(count)} were to be moved: ${JSON.stringify(json).slice(0, 1_000)}`)
  say(`${String(count)} moved in ${(ms / 1_000).toFixed(1)} s`)
  return { ratios: {}, figures: { sync10kSeconds: Number((ms / 1_000 * SYNCED / count).toFixed(1)) } }
}

function bundleOf (patientId: string, from: number, to: number): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: Array.from({ length: to - from }, (_, index) => ({
      resource: {
        resourceType: 'Observation' as const,
        status: 'final' as const,
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
        subject: { reference: `Patient/${patientId}` },
        effectiveDateTime: new Date(Date.UTC(2026, 0, 1) + (from + index) * 60_000).toISOString(),
        valueQuantity: { value: 60 + (from + index) % 40, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' }
      },
      request: { method: 'POST' as const, url: 'Observation' }
    }))
  }
}

import { resolve } from 'node:path'
import { ensureBinaries } from '../fabric/binaries.ts'
import { exportBundle } from '../founding/export.ts'
import { fingerprintOf, spellFingerprint } from '../founding/bundle.ts'
import { handOut, runStep, type FoundingStep } from './founding-step.ts'
import { renderConfig, requirePorts, startCas } from './prepare.ts'

const USAGE = `usage: EPIONE_ORGANIZATION=ID node network/verbs/org-export.ts [--to FILE] [--dry-run]
Makes the organisation's keys, unless they are there, and its bundle: everything public that the other members need to found a network with
it, signed by its admin. Send the file by any way, and read the fingerprint that is printed to each member, by one that you trust.
`

const step: FoundingStep = {
  options: ['to'],
  takes: (files) => files.length === 0,
  plan: ({ id, host, ca }) => [
    `start the certificate authorities of ${id} at ${host.address}:${String(ca.port)} and enrol its nodes, admin and offices`,
    'make the keys of its re-encryption proxy and of its anchor service',
    'write its public bundle, signed by its admin, and print the fingerprint'
  ],
  run: async (work, _files, { to }) => {
    await requirePorts(work)
    await renderConfig(work)
    await startCas({ ...work, binaries: await ensureBinaries(work.settings) })
    const bundle = await exportBundle(work.organization, work)
    await handOut(bundle, resolve(to ?? `${work.organization.id}.bundle.json`), 'bundle')
    process.stdout.write(`${spellFingerprint(fingerprintOf(bundle))}\n`)
  }
}

await runStep(() => step, USAGE, false)

import { readFile } from 'node:fs/promises'
import { fileExists } from '../../host/src/index.ts'
import { messageOf, NetworkError } from '../errors.ts'
import { checkBundle, fingerprintOf, requireFingerprint } from '../founding/bundle.ts'
import { requireDescribed } from '../founding/bundle-set.ts'
import { keepBundle, readBundle, requireNew } from '../founding/members.ts'
import { parseJson } from '../host/json.ts'
import { report } from '../host/logger.ts'
import { runStep, type FoundingStep } from './founding-step.ts'

const USAGE = `usage: EPIONE_ORGANIZATION=ID node network/verbs/org-import.ts FILE --fingerprint DIGITS [--dry-run]
Keeps the bundle of another member, once its certificates, signature and place in the description are right and its fingerprint is the one
that the member read to you (64 digits; blanks between them do not matter).
`

const step: FoundingStep = {
  options: ['fingerprint'],
  takes: (files) => files.length === 1,
  plan: ({ id }, files) => [`check the bundle ${files[0] ?? ''} against its fingerprint and the description`, `keep it among the members that ${id} founds a network with`],
  run: async (work, [file = ''], { fingerprint }) => {
    const { paths, topology, organization } = work
    const bundle = checkBundle(parseJson(await read(file)), file)
    if (fingerprint === undefined) {
      throw new NetworkError('fingerprint-wrong', 'no fingerprint was given, so nobody can say whose bundle this is', {
        advice: 'Have the organisation read its fingerprint to you, and give it as --fingerprint. Do not take it from where the file came from.'
      })
    }
    requireFingerprint(bundle, fingerprint)
    const { id } = requireDescribed(bundle, topology)
    if (id === organization.id) {
      throw new NetworkError('bundle-invalid', `the bundle is your own: ${id} keeps it since \`org-export\``, { advice: 'Import the bundles of the others.' })
    }
    const kept = await readBundle(id, paths)
    if (kept !== undefined && await fileExists(paths.networkDocument)) {
      if (fingerprintOf(kept) === fingerprintOf(bundle)) { report(`the bundle of ${id} is kept already`); return }
      throw new NetworkError('bundle-invalid', `the network is founded with another bundle of ${id}`, { advice: 'Found another network in another folder.' })
    }
    await requireNew(bundle, work)
    await keepBundle(bundle, paths)
    report(`the bundle of ${bundle.contents.name} (${id}) is kept: ${paths.member(id).bundle}`)
  }
}

async function read (file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new NetworkError('bundle-invalid', `${file} cannot be read: ${messageOf(cause)}`, { advice: 'Name the file that was sent to you.', cause })
  })
}

await runStep(() => step, USAGE, false)

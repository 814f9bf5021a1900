import { bindKeys, findBinding, fingerprintOf } from '@epione/sdk'
import type { BindResult } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { forgetOwn, practitionerOf } from '../practitioner.ts'
import type { Proposal } from '../proposal.ts'

/** Whose the keys of this workstation are; `bound`: the ledger says so, too. */
export interface OwnShown { mspId: string, staffId: string, fingerprint: string, bound: boolean }

/** @throws {ClientError} BINDING_FOREIGN */
export async function readOwn (desk: Desk): Promise<OwnShown> {
  const context = await practitionerOf(desk)
  const { person, keys, keyNumber } = context
  const binding = await findBinding(context, person)
  return { ...person, fingerprint: fingerprintOf(keys.receiving(keyNumber).publicKey()), bound: binding !== undefined }
}

/** Binds the keys of this workstation to the person on the ledger. */
export async function bind (desk: Desk): Promise<Proposal<BindResult>> {
  const context = await practitionerOf(desk)
  const { person: { mspId, staffId }, keys, keyNumber } = context
  return {
    says: {
      title: 'own.bind.confirm',
      lines: [
        { label: 'own.person', value: `${mspId}/${staffId}`, kind: 'person' },
        { label: 'consent.fingerprint', value: fingerprintOf(keys.receiving(keyNumber).publicKey()), kind: 'code' }
      ],
      warnings: ['own.bind.means']
    },
    carry: async () => {
      const bound = await bindKeys(context)
      forgetOwn()
      return bound
    }
  }
}

import type { KnownPerson } from '@epione/protocol'
import { findSuspension, verifyBinding } from '@epione/protocol/verify'
import type { PersonId } from '@epione/protocol/verify'
import type { LedgerClient } from '@epione/ledger/client'
import type { FastifyInstance } from 'fastify'
import { judged } from '../judge.ts'
import type { FactSources } from './facts-then.ts'
import { lastSeen } from './last-seen.ts'
import type { LedgerThen } from './ledger-then.ts'

/** Where is read what is known of people: beside the ledger, the access log. */
export interface PersonSources extends FactSources {
  ledger: FactSources['ledger'] & Pick<LedgerClient, 'findSearchKeys' | 'getBinding' | 'listConsentsByDepartment' | 'listConsentsByGrantee'>
  app: FastifyInstance
  then: LedgerThen
}

/** The key that somebody asks with, unless it or they were ended, and what their certificate said when they last asked. */
export async function knownPerson ({ app, ledger, reader, then }: PersonSources, person: PersonId): Promise<KnownPerson> {
  const [binding, seen] = await Promise.all([
    ledger.getBinding(person.mspId, person.staffId).then((history) => judged(() => verifyBinding(history, person, reader))),
    lastSeen(app.store.db, person, then.blockNumber)
  ])
  const isThere = await Promise.all(binding.versions.map(({ txId }) => then.isBefore({ txId })))
  const newest = binding.versions.findLast((_, index) => isThere[index])?.body
  const suspensions = (await Promise.all(binding.suspensions.map(async (entry) => await then.isBefore(entry) ? entry : []))).flat()
  const isAble = newest !== undefined && findSuspension({ suspensions }, [newest.receivingKey, newest.requestKey]) === undefined
  return { ...person, ...(isAble && { receivingKey: newest.receivingKey }), ...(seen !== undefined && { seen }) }
}

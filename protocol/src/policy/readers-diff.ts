import type { ReaderChange, RecordReader } from '../shapes/explanation.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import { readersOf } from './readers.ts'
import type { ReadersCase } from './readers.ts'

/** Stands for the certificate that somebody has, whatever it says. */
const THEIRS = 'theirs'

/** Who of a record's readers would gain or lose by another policy in place of the one in force, all else being as it is. */
export function readersDiff (facts: ReadersCase, after: PolicyDocument): ReaderChange[] {
  const was = readersOf({ ...facts, beside: after })
  const becomes = readersOf({ ...facts, policy: after, beside: facts.policy })
  return was.flatMap((reader, index) => {
    const next = becomes[index]
    return next === undefined ? [] : changeOf(reader, next)
  })
}

function changeOf (was: RecordReader, becomes: RecordReader): ReaderChange[] {
  const [before, after] = [permittedOf(was), permittedOf(becomes)]
  const gains = [...after].some((one) => !before.has(one))
  const loses = [...before].some((one) => !after.has(one))
  if (!gains && !loses) return []
  const { consentId, mspId, staffId, action, purpose, seen } = was
  const change = gains && loses ? 'both' : gains ? 'gains' : 'loses'
  return [{
    consentId, mspId, staffId, action, purpose, ...(seen !== undefined && { seen }), change, before: shown(was), after: shown(becomes)
  }]
}

/** Certificates that are permitted. Whether somebody is judged by their own or by all depends on the facts, which are the same. */
function permittedOf ({ outcome, permitted = [] }: RecordReader): Set<string> {
  if (outcome === 'permit') return new Set([THEIRS])
  return new Set(permitted.flatMap(({ roles, departments }) => roles.flatMap((role) => departments.map((department) => `${role} ${department}`))))
}

function shown ({ outcome, permitted, reasons }: RecordReader): ReaderChange['before'] {
  return { outcome, reasons, ...(permitted !== undefined && { permitted }) }
}

import { judgeAs } from '@epione/protocol/verify'
import type { Subject } from '@epione/protocol/verify'
import { ClientError } from '../errors.ts'
import type { ClientErrorCode, Party } from '../errors.ts'

/** Who shows what is judged. What is read through two organisations at once is shown by both. */
export type Shower = { kind: 'organizations' | 'accuser' } | { kind: 'gateway', mspId: string }

/** What to say when something from outside is not what it should be. */
export interface Blame { code: ClientErrorCode, what: string, party: Party }

const ORGANIZATIONS: Party = { kind: 'organizations' }

/** Runs a judgement of `@epione/protocol/verify`. @throws {ClientError} by what is refused, and naming who shows it */
export function judged<T> (shower: Shower, judge: () => T): T {
  return judgeAs((refusal) => refused(blameOf(refusal.subject, shower), refusal.why, refusal), judge)
}

/** The same where one blame fits whatever is refused. */
export function judgedWith<T> (blame: Blame, judge: () => T): T {
  return judgeAs((refusal) => refused(blame, refusal.why, refusal), judge)
}

export function refuse (blame: Blame, why: string, cause?: unknown): never {
  throw refused(blame, why, cause)
}

function refused ({ code, what, party }: Blame, why: string, cause: unknown): ClientError {
  return new ClientError(code, `${what} is refused: ${why}.`, { party }, { cause })
}

/* Directories, bindings and departments are always read through two organisations. */
function blameOf ({ kind, name }: Subject, shower: Shower): Blame {
  const by = shower.kind === 'gateway' ? shower.mspId : shower.kind === 'accuser' ? 'the accuser' : 'two organisations'
  const blames: Record<Subject['kind'], Blame> = {
    directory: { code: 'DIRECTORY_INVALID', what: `The key directory shown for patient ${name}`, party: ORGANIZATIONS },
    binding: { code: 'BINDING_INVALID', what: `The key binding shown for ${name}`, party: ORGANIZATIONS },
    department: { code: 'MEMBERSHIP_INVALID', what: `The department shown as ${name}`, party: ORGANIZATIONS },
    'search-keys': { code: 'SEARCH_KEYS_INVALID', what: `The search keys shown as ${name}`, party: ORGANIZATIONS },
    device: { code: 'DEVICE_INVALID', what: `The device shown as ${name}`, party: ORGANIZATIONS },
    safety: { code: 'SAFETY_INVALID', what: `What is shown to protect patient ${name}`, party: ORGANIZATIONS },
    consent: {
      code: shower.kind === 'accuser' ? 'EVIDENCE_INVALID' : 'CONSENT_INVALID',
      what: `Consent ${name} as shown by ${by}`,
      party: shower
    },
    record: { code: 'MANIFEST_INVALID', what: `The manifest that ${by} shows for record ${name}`, party: shower },
    network: { code: 'NETWORK_MISMATCH', what: `The network document that ${by} shows`, party: shower },
    statement: { code: 'ANSWER_MALFORMED', what: `The ${name} that ${by} shows`, party: shower }
  }
  return blames[kind]
}

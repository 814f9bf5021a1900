import fc from 'fast-check'
import t from 'tap'
import { parseScopes, SCOPES } from '@epione/protocol/api'

const context = fc.constantFrom('patient', 'user', 'system')
const resource = fc.constantFrom('Patient', 'DocumentReference', 'AuditEvent', 'Practitioner')
const letters = fc.subarray(Array.from('cruds'), { minLength: 1 }).map((some) => some.join(''))
const suffix = fc.oneof(letters, fc.constantFrom('read', 'write', '*'))
const scope = fc.tuple(context, fc.oneof(resource, fc.constant('*')), suffix).map(([c, r, s]) => `${c}/${r}.${s}`)
const noise = fc.constantFrom('openid', 'offline_access', 'launch/patient', '', 'user/', 'user/Patient', 'user/Patient.', 'USER/Patient.r', 'user/patient.r',
  'user/Patient.sr', 'user/Patient.rr', 'user/Patient.x', 'user/Patient.readwrite', 'user/Patient.r?', 'user//Patient.r', 'user/Patient.r\tx')
const WORDS: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** What the words mean, told apart from how the parser does it: one triple for each interaction. */
function triples (text: string): Set<string> {
  return new Set(text.split(' ').filter((word) => /^(patient|user|system)\/.+\..+$/.test(word)).flatMap((word) => {
    const [, c = '', r = '', s = ''] = /^(.*?)\/(.*)\.(.*)$/.exec(word) ?? []
    return Array.from(WORDS[s] ?? s).map((letter) => `${c}/${r}.${letter}`)
  }))
}

t.test('a token opens what its scopes grant together, in any order, and nothing else', (t) => {
  fc.assert(fc.property(fc.array(scope, { maxLength: 6 }), context, resource, letters, (words, c, r, wanted) => {
    const granted = triples(words.join(' '))
    const expected = Array.from(wanted).every((letter) => granted.has(`${c}/${r}.${letter}`) || granted.has(`${c}/*.${letter}`))
    const asked = `${c}/${r}.${wanted}`
    return parseScopes(words.join(' ')).allows(asked) === expected && parseScopes(words.toReversed().join(' ')).allows(asked) === expected
  }), { numRuns: 2000 })
  t.end()
})

t.test('what is no scope of ours grants nothing and takes nothing away', (t) => {
  fc.assert(fc.property(fc.array(scope, { maxLength: 4 }), fc.array(noise, { maxLength: 4 }), scope, (words, others, wanted) =>
    parseScopes([...others, ...words, ...others].join(' ')).allows(wanted) === parseScopes(words.join(' ')).allows(wanted)))
  fc.assert(fc.property(noise, scope, (word, wanted) => !parseScopes(word).allows(wanted) && !parseScopes('user/*.* system/*.*').allows(word)))
  fc.assert(fc.property(fc.string(), (text) => !parseScopes(text).allows('patient/Secret.c')))
  t.end()
})

t.test('more scopes never open less', (t) => {
  fc.assert(fc.property(fc.array(scope, { maxLength: 4 }), scope, scope, (words, more, wanted) =>
    !parseScopes(words.join(' ')).allows(wanted) || parseScopes([...words, more].join(' ')).allows(wanted)))
  t.end()
})

t.test('forms v1 and v2 mean the same', (t) => {
  t.ok(parseScopes('user/DocumentReference.read').allows(SCOPES.readRecords))
  t.ok(parseScopes('user/DocumentReference.write').allows(SCOPES.registerRecords))
  t.notOk(parseScopes('user/DocumentReference.write').allows(SCOPES.readRecords))
  t.ok(parseScopes('user/*.*').allows(SCOPES.registerPatients))
  t.notOk(parseScopes('user/*.*').allows(SCOPES.enrolStaffUnattended), 'system is another context')
  t.notOk(parseScopes('user/DocumentReference.rs?category=lab').allows(SCOPES.readRecords), 'a part of a type is not the type')
  t.notOk(parseScopes('patient/*.*').allows(SCOPES.readRecords))
  t.end()
})

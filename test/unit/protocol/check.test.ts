import t from 'tap'
import { SchemaMismatch, SignedStatement, checkSchema, checkStatementBody, isCategory, CATEGORY_NAMES } from '@epione/protocol'

const revocation = { type: 'Revocation', nonce: '00'.repeat(16), issuedAt: 1, patientId: 'a'.repeat(32), consentId: '00'.repeat(32) }

t.test('a body that fits is returned typed', (t) => {
  t.equal(checkStatementBody('Revocation', revocation).consentId, revocation.consentId)
  t.end()
})

t.test('all faults of a body are named, with their paths', (t) => {
  const { consentId: _, ...incomplete } = { ...revocation, nonce: 'AB', issuedAt: 1.5 }
  try {
    checkStatementBody('Revocation', incomplete)
    t.fail('a broken body passed')
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error
    t.ok(['nonce', 'issuedAt', 'consentId'].every((name) => error.faults.some((f) => f.includes(name))), error.message)
  }
  t.end()
})

t.test('unknown members, uppercase hex, and another type are refused', (t) => {
  for (const change of [
    { extra: 1 }, { consentId: 'AB'.repeat(32) }, { type: 'Consent' }, { patientId: 'A'.repeat(32) }, { issuedAt: -1 }
  ]) {
    t.throws(() => checkStatementBody('Revocation', { ...revocation, ...change }), SchemaMismatch)
  }
  t.end()
})

t.test('a signed statement has text and signatures, nothing else', (t) => {
  const good = { body: '{}', signatures: [{ key: `02${'00'.repeat(32)}`, signature: '00'.repeat(64) }] }
  t.strictSame(checkSchema(SignedStatement, good, 'a statement'), good)
  for (const change of [
    { body: 1 }, { signatures: [] }, { more: true }
  ]) t.throws(() => checkSchema(SignedStatement, { ...good, ...change }, 'a statement'), SchemaMismatch)
  t.end()
})

t.test('categories are a fixed list', (t) => {
  t.ok(CATEGORY_NAMES.includes('inbox'))
  t.ok(isCategory('genetics'))
  t.notOk(isCategory('toString'))
  t.end()
})

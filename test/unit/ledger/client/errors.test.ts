import t from 'tap'
import { LEDGER_ERROR_CODES, LedgerError, parseLedgerError } from '@epione/protocol'

t.test('every code crosses a peer and back', (t) => {
  for (const code of LEDGER_ERROR_CODES) {
    const { message } = new LedgerError(code, 'Do this: then that.')
    for (const crossed of [message, `chaincode response 500, ${message}`]) {
      t.match(parseLedgerError(crossed), { name: 'LedgerError', code, message: `${code}: Do this: then that.` })
    }
  }
  t.end()
})

t.test('a sentence over several lines is kept', (t) => {
  t.equal(parseLedgerError('INTERNAL: one\ntwo')?.message, 'INTERNAL: one\ntwo')
  t.end()
})

t.test('a message that is not the ledger\'s is none', (t) => {
  for (const message of [
    '', 'no peers available', 'UNKNOWN_CODE: x', 'said RECORD_UNKNOWN: x', 'RECORD_UNKNOWN',
    'error in simulation: INTERNAL: x'
  ]) t.equal(parseLedgerError(message), undefined, message)
  t.end()
})

t.test('the cause is kept', (t) => {
  const cause = new Error('grpc')
  t.equal(parseLedgerError('INTERNAL: x', cause)?.cause, cause)
  t.end()
})

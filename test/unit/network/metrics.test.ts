import t from 'tap'
import { metricValue } from '../../../network/host/metrics.ts'

const text = `# HELP ledger_blockchain_height Height of the chain in blocks.
# TYPE ledger_blockchain_height gauge
ledger_blockchain_height{channel="records"} 42
ledger_blockchain_height_other{channel="records"} 7
consensus_etcdraft_is_leader{channel="records",node="1"} 1
process_open_fds 12
`

t.test('a sample is found by name and label', (t) => {
  t.equal(metricValue(text, 'ledger_blockchain_height', { name: 'channel', value: 'records' }), 42)
  t.equal(metricValue(text, 'consensus_etcdraft_is_leader', { name: 'channel', value: 'records' }), 1)
  t.equal(metricValue(text, 'process_open_fds'), 12)
  t.end()
})

t.test('what is not there is undefined', (t) => {
  t.equal(metricValue(text, 'ledger_blockchain_height', { name: 'channel', value: 'other' }), undefined)
  t.equal(metricValue(text, 'ledger_blockchain'), undefined)
  t.end()
})

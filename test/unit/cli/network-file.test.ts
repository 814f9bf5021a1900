import { join } from 'node:path'
import t from 'tap'
import { readNetworkFile } from '../../../cli/src/network-file.ts'
import { documentOf } from '../../helpers/founding.ts'
import { createTlsAuthority } from '../../helpers/tls-certificates.ts'

t.test('a TLS root that is torn is named with its hospital, and one that is missing with its file', async (t) => {
  const { certificate } = createTlsAuthority('root')
  const hospital = (id: string): object =>
    ({ mspId: `${id}MSP`, id, name: `Hospital ${id}`, kind: 'core', tlsCaFile: `${id}.pem`, gateway: { url: 'https://localhost:1' } })
  const networkOf = (id: string): string =>
    JSON.stringify({
      name: 'n',
      networkId: '0'.repeat(64),
      channel: 'records',
      chaincode: 'epione',
      document: documentOf('0'.repeat(64), ['CoreMSP']),
      organizations: [hospital(id)]
    })
  const dir = t.testdir({
    'whole.json': networkOf('whole'),
    'torn.json': networkOf('torn'),
    'missing.json': networkOf('missing'),
    'whole.pem': certificate,
    'torn.pem': certificate.slice(0, 300)
  })
  t.match(await readNetworkFile(join(dir, 'whole.json')), { gateways: [{ tlsCaPem: certificate }] })
  await t.rejects(readNetworkFile(
    join(dir, 'torn.json')
  ), { code: 'CONFIG_INVALID', message: /torn\.pem holds no whole certificate: copy the TLS root of Hospital torn/ })
  await t.rejects(readNetworkFile(join(dir, 'missing.json')), { code: 'FILE_UNREADABLE', message: /missing\.pem/ })
})

import t from 'tap'
import { readCreator } from '../../../../chaincode/dist/contracts/creator.js'
import type { Creator } from '../../../../chaincode/dist/contracts/creator.js'
import { createCertificate } from '../../../helpers/certificates.ts'

/** Reads the creator as of one more transaction. */
function read (mspId: string, certificate: string): Creator {
  return readCreator({
    getMSPID: () => mspId,
    getIDBytes: () => Buffer.from(certificate),
    getAttributeValue: () => null
  } as unknown as Parameters<typeof readCreator>[0])
}

const certificate = createCertificate({ commonName: 'nora', units: ['client'], attributes: {} })

t.test('a certificate is read once, and each organisation\'s on its own', (t) => {
  const creator = read('CoreMSP', certificate)
  t.match(creator, { mspId: 'CoreMSP', staffId: 'nora', isAdmin: false, scope: 'organization' })
  t.equal(read('CoreMSP', certificate), creator)
  t.match(read('Regional1MSP', certificate), { mspId: 'Regional1MSP', staffId: 'nora' })
  t.throws(() => { creator.isAdmin = true }, TypeError, 'nothing changes it for a later transaction')
  t.end()
})

t.test('one of many bytes is read as any other, and not kept: a hospital may issue any number of them', (t) => {
  const long = certificate + '\n'.repeat(1_000_000)
  t.same(read('CoreMSP', long), read('CoreMSP', certificate))
  t.not(read('CoreMSP', long), read('CoreMSP', long))
  t.end()
})

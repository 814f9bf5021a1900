import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import t from 'tap'
import { readCertificateFile as readAnchorCertificate, readPrivateKeyFile as readAnchorKey, readWalletKey } from '../../../anchor/src/service/settings.ts'
import { ConfigError } from '../../../gateway/src/config.ts'
import { readPrivateKeyFile } from '../../../gateway/src/named-files.ts'
import { readNetworkFile } from '../../../gateway/src/network-file.ts'
import { documentOf } from '../../helpers/founding.ts'
import { createTlsAuthority } from '../../helpers/tls-certificates.ts'

const dir = await mkdtemp(join(tmpdir(), 'epione-files-'))
t.teardown(async () => { await rm(dir, { recursive: true }) })
const authority = createTlsAuthority('root')
const [networkFile, root, caRoot] = ['network.json', 'tls-ca.pem', 'ca-tls.pem'].map((name) => join(dir, name)) as [string, string, string]
const peers = [{ name: 'peer0.core', address: 'localhost:1', tlsName: 'localhost' }]
const ca = { url: 'https://localhost:2', tlsCaFile: caRoot, caName: 'ca' }
const organization = {
  id: 'core',
  mspId: 'CoreMSP',
  name: 'Core',
  kind: 'core',
  tlsCaFile: root,
  caFile: root,
  peers,
  ca,
  gateway: { url: 'https://localhost:3' },
  auditors: []
}
await writeFile(
  networkFile,
  JSON.stringify({
    name: 'n',
    networkId: '0'.repeat(64),
    channel: 'records',
    chaincode: 'epione',
    document: documentOf('0'.repeat(64), ['CoreMSP']),
    organizations: [organization]
  })
)
t.beforeEach(async () => { for (const file of [root, caRoot]) await writeFile(file, authority.certificate) })

await t.test('a network whose TLS roots are whole is read', async (t) => {
  t.match(await readNetworkFile(networkFile), {
    organizations: [{ tlsCaPem: authority.certificate, ca: { tlsCaPem: authority.certificate } }]
  })
})

await t.test('a TLS root that is missing, torn or empty is named with its hospital, its file and what to do', async (t) => {
  for (const [file, setting] of [[root, 'tlsCaFile of core'], [caRoot, 'ca.tlsCaFile of core']] as const) {
    for (const damage of ['missing', 'torn', 'empty']) {
      await (damage === 'missing' ? rm(file) : writeFile(file, authority.certificate.slice(0, damage === 'torn' ? 200 : 0)))
      const error: unknown = await readNetworkFile(networkFile).catch((error: unknown) => error)
      t.type(error, ConfigError)
      t.match(
        error,
        { faults: [new RegExp(`^NETWORK_FILE: ${setting} ${file} .*: put that hospital's TLS root there again`)] },
        `${setting} ${damage}`
      )
      await writeFile(file, authority.certificate)
    }
  }
})

await t.test('a torn private key is named, and nothing of it is told', async (t) => {
  const { privateKey } = authority.issue('gateway')
  const [file, torn] = [join(dir, 'key.pem'), privateKey.slice(0, 120)]
  await writeFile(file, torn)
  const told = async (read: Promise<string>): Promise<string> =>
    await read.then(() => 'accepted', (error: unknown) => JSON.stringify(error, Object.getOwnPropertyNames(error)))
  for (const text of [await told(readPrivateKeyFile('TLS_KEY_FILE', file, 'do')), await told(readAnchorKey('TLS_KEY_FILE', file))]) {
    t.match(text, `TLS_KEY_FILE ${file}`)
    t.notMatch(text, torn.slice(40, 80))
  }
  await writeFile(file, privateKey)
  t.equal(await readPrivateKeyFile('TLS_KEY_FILE', file, 'do'), await readFile(file, 'utf8'))
})

await t.test('an anchor service names a root that is missing or torn as a setting that does not fit', async (t) => {
  await writeFile(root, authority.certificate.slice(0, 200))
  for (const file of [
    root, join(dir, 'nowhere.pem')
  ]) await t.rejects(readAnchorCertificate('NETWORK_FILE: tlsCaFile', file), { code: 'SETTINGS_INVALID', message: new RegExp(file) })
})

await t.test('a key that stands where its file belongs is told by nobody', async (t) => {
  const { privateKey } = authority.issue('gateway')
  const seen = async (read: Promise<unknown>): Promise<string> =>
    await read.then(() => 'accepted', (error: unknown) => inspect(error, { depth: 9, showHidden: true }))
  for (const key of ['5e'.repeat(32), privateKey]) {
    for (const text of [await seen(readPrivateKeyFile('TLS_KEY_FILE', key, 'do')), await seen(readAnchorKey('TLS_KEY_FILE', key)), await seen(readWalletKey(key))]) {
      t.match(text, /(TLS|WALLET)_KEY_FILE \(its value is not shown/)
      t.notMatch(text, key.slice(40, 60))
    }
  }
})

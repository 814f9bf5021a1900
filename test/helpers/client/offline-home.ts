import { generatePhrase } from '@epione/crypto'
import { Home, sealKeystore } from '@epione/cli'
import { documentOf } from '../founding.ts'

/** Writes the home of a guardian, set up by hand for a network that nobody runs. */
export async function writeGuardianHome (folder: string, passphrase: string): Promise<Home> {
  const home = new Home(folder)
  const networkId = '0'.repeat(64)
  await home.writeConfig({
    version: 1,
    role: 'guardian',
    networkId,
    networkName: 'offline',
    document: documentOf(networkId, ['CoreMSP']),
    gateways: [{ mspId: 'CoreMSP', id: 'core', name: 'Core', url: 'https://localhost:1', tlsCaPem: '' }]
  })
  await home.writeKeystore(await sealKeystore(generatePhrase(), passphrase))
  return home
}

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { measureAnchorGas } from '../../helpers/anchor-gas.ts'
import { startAnvil } from '../../helpers/anvil.ts'

const SNAPSHOT = join(import.meta.dirname, '..', '..', '..', 'anchor', 'contracts', 'gas.json')

t.test('gas is what the snapshot says, and within the target', async (t) => {
  const anvil = await startAnvil()
  t.teardown(anvil.stop)
  const measured = await measureAnchorGas(anvil)
  if (process.env['UPDATE_GAS'] === '1') await writeFile(SNAPSHOT, `${JSON.stringify(measured, null, 2)}\n`)
  t.strictSame(
    measured,
    JSON.parse(await readFile(SNAPSHOT, 'utf8')),
    'if the change is meant: UPDATE_GAS=1 node test/integration/anchor/gas.test.ts'
  )
  t.ok(measured.gasPerBatch <= 29_000 + 2 * 6500)
  t.ok(measured.gasPerSignature <= 6500)
})

import type { PatientContext } from '@epione/sdk'
import { isClientError, raiseOverdueKeys } from '@epione/sdk'
import type { Home } from '../home.ts'

interface Told { readonly searchKeysRaised?: readonly string[], readonly warnings?: readonly string[] }

/**
 * Raises the search keys that a revocation of a consent to search left, because the program ended or no hospital was reached, and adds to
 * a command's result what was raised (`searchKeysRaised`). What fails is told as a warning and tried again with the next command.
 */
export async function finishRevocation (
  home: Pick<Home, 'isRevocationBegun' | 'endRevocation'>, context: PatientContext, result: Told
): Promise<object> {
  if (!await home.isRevocationBegun()) return result
  const { searchKeysRaised = [], warnings = [] } = await raise(context)
  if (warnings.length === 0) await home.endRevocation()
  const raised = [...result.searchKeysRaised ?? [], ...searchKeysRaised]
  const told = [...result.warnings ?? [], ...warnings]
  return { ...result, ...(raised.length === 0 ? {} : { searchKeysRaised: raised }), ...(told.length === 0 ? {} : { warnings: told }) }
}

async function raise (context: PatientContext): Promise<Told> {
  try {
    return await raiseOverdueKeys(context)
  } catch (error) {
    if (!isClientError(error)) throw error
    const what = 'A revocation broke off, and whether its search keys are raised could not be seen'
    return { warnings: [`${what}: ${error.message} The next command tries again.`] }
  }
}

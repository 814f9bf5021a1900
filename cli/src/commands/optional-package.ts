import { ClientError, errorCodeOf } from '@epione/sdk'

/** A package of its own, which who only keeps a home does without. @throws {ClientError} USAGE where it is not installed */
export async function loadPackage<T> (name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (errorCodeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new ClientError('USAGE', `This needs a package that is not installed here: install ${name} beside @epione/cli.`, {}, { cause: error })
  }
}

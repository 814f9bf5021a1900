import { ClientError } from '@epione/sdk'

/**
 * A variable of the environment, or `undefined` when it is not set. One that is set to nothing is a mistake, not a default. @throws
 * {ClientError} USAGE
 */
export function readVariable (
  environment: NodeJS.ProcessEnv,
  name: 'EPIONE_HOME' | 'EPIONE_PASSPHRASE_FILE' | 'EPIONE_TOKEN_FILE'
): string | undefined {
  const value = environment[name]
  if (value?.trim() === '') throw new ClientError('USAGE', `${name} is set but empty: give it a value, or unset it.`)
  return value
}

import { createHash } from 'node:crypto'
import { lstat, mkdir, realpath } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { isErrno, PRIVATE_FOLDER_MODE } from '@epione/host'

/** Bytes of the longest path that a socket can be bound to on every system, less those of a process id. */
const SOCKET_PATH_BYTES = 103 - 9
const DIGITS = 32

/** Where an agent of one home listens. */
export interface AgentPlace { folder: string, socket: string }

/**
 * The socket of the agent of a home, by the home's real path: one however the home is spelled. It lies in the session's own folder, which
 * the system removes when the person logs out, else in a folder of the person's among the temporary ones. `undefined` without a home,
 * without accounts (another system), or where its path is too long to be bound.
 */
export async function placeOfAgent (home: string, env: NodeJS.ProcessEnv): Promise<AgentPlace | undefined> {
  return (await placesOfAgent(home, env))[0]
}

/**
 * The same with all other places where an agent of the home may listen: another session of this person, or none, may have started it.
 * Locking asks at each, so that no agent goes on of which `epione lock` said that there is none.
 */
export async function placesOfAgent (home: string, env: NodeJS.ProcessEnv): Promise<AgentPlace[]> {
  const uid = process.getuid?.()
  if (uid === undefined) return []
  const path = await realpath(home).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return undefined
    throw error
  })
  if (path === undefined) return []
  const name = createHash('sha256').update(path).digest('hex').slice(0, DIGITS)
  return (await foldersOf(env, uid)).map((folder) => ({ folder, socket: join(folder, name) }))
    .filter(({ socket }) => Buffer.byteLength(socket) <= SOCKET_PATH_BYTES)
}

/** Folders of agents, this session's own first. */
async function foldersOf ({ XDG_RUNTIME_DIR: session = '', TMPDIR: temporary = '' }: NodeJS.ProcessEnv, uid: number): Promise<string[]> {
  const folders = [
    // Whoever became another account may still have the former one's variable.
    ...isAbsolute(session) && await isOwnFolder(session) ? [join(session, 'epione')] : [],
    ...isAbsolute(temporary) ? [join(temporary, `epione-${uid}`)] : [],
    `/tmp/epione-${uid}`,
    `/run/user/${uid}/epione`
  ]
  return [...new Set(folders)]
}

/** Makes the folder; returns what is wrong when it cannot be made, or is not as `isOwnFolder` says. */
export async function makeAgentFolder (folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { mode: PRIVATE_FOLDER_MODE })
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) return `${error instanceof Error ? error.message : String(error)}.`
  }
  return await isOwnFolder(folder)
    ? undefined
    : `${folder} must be a folder of this account that nobody else enters: remove it, or set XDG_RUNTIME_DIR to such a one.`
}

/**
 * Whether nobody else can list, enter or write a folder, so that whoever listens or asks in it is this person. A link is none: it could
 * lead elsewhere a moment later.
 */
export async function isOwnFolder (folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await lstat(folder)
    const isFolder = (mode & 0o170000) === 0o040000
    return isFolder && uid === process.getuid?.() && (mode & 0o077) === 0
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG')) return false
    throw error
  }
}

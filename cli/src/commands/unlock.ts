import type { Command } from 'commander'
import { deriveKeyRing, exportSeeds } from '@epione/crypto'
import { endAgents, PURPOSES_OF } from '../agent/ask-agent.ts'
import { hashOfKeystore } from '../agent/frame.ts'
import { placesOfAgent } from '../agent/place.ts'
import { startAgent, unavailable } from '../agent/start-agent.ts'
import type { Act } from './act.ts'
import { parseDuration } from './arguments.ts'
import type { CommandRun } from './run.ts'

const DEFAULT_FOR = '15m'

export function addUnlock (unlock: Command, act: Act): void {
  unlock
    .option('--for <time>', 'how long: seconds, minutes or hours, as in 90s, 15m or 8h; 12h at most', DEFAULT_FOR)
    .addHelpText('after', `
An agent keeps the keys of this home in its memory until then, so that commands need no pass-phrase meanwhile; it never has the
phrase. While it runs, every program of this account can have these keys from it: lock before you leave the machine.`)
    .action(({ for: time }: { for: string }, command: Command) => act((run) => unlockHome(run, time), command))
}

export function addLock (lock: Command, act: Act): void {
  lock.action((_options, command: Command) => act(async (run) => ({
    home: run.home.folder, wasUnlocked: await endAgents(await placesOfAgent(run.home.folder, run.io.env))
  }), command))
}

async function unlockHome (run: CommandRun, time: string): Promise<object> {
  const seconds = parseDuration(time, '--for')
  const { role } = await run.home.readConfig()
  const places = await placesOfAgent(run.home.folder, run.io.env)
  const [place] = places
  if (place === undefined) throw unavailable('this system has no accounts, or the path of the folder for its socket is too long.')
  const keystore = await run.home.readKeystore()
  const keys = exportSeeds(deriveKeyRing(await run.openPhrase()), PURPOSES_OF[role])
  await endAgents(places)
  const charge = { keystoreFile: run.home.keystoreFile, keystore: hashOfKeystore(keystore), role, seconds }
  const expiresAt = Date.now() + seconds * 1_000
  try {
    return { home: run.home.folder, role, expiresAt, pid: await startAgent(place, charge, keys) }
  } finally {
    keys.fill(0)
  }
}

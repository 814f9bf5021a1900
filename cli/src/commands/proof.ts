import { connectRpc } from '@epione/ledger/proof'
import type { Finality, Pins } from '@epione/ledger/proof'
import type { Command } from 'commander'
import type { Act } from './act.ts'
import { parseHandedOn, parseJsonFile, PublishedAnchor, throwDamaged } from '@epione/sdk'
import { isErasureCertificate, verifyErasure } from '@epione/sdk/erasure-proof'
import { makeProof, verifyProofFile } from '@epione/sdk/proof'
import { exists, readText, requireFree, writeNewFile } from '../files.ts'
import { MANIFEST_SUFFIX } from './audit-export.ts'
import { verifyExported } from './verify-exported.ts'
import { parseContract, parseEventId, parseNetworkId, parseRpcUrl, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'

const PROOF_VERSION = 'epione-proof/1'

interface VerifyFlags {
  rpc?: string
  networkId?: string
  chainId?: string
  contract?: string
  anchor?: string
  depth?: string
  manifest?: string
}

/** `audit proof`: the proof of one event. */
export function addProof (audit: Command, act: Act): void {
  audit.command('proof <event>')
    .description('write the proof that an event is in the anchored log, for anybody to verify without us')
    .requiredOption('--out <file>', 'new file for the proof')
    .action((event: string, { out }: { out: string }, command: Command) => act((run) => writeProof(run, parseEventId(event), out), command))
}

/** `verify`: the judge of such a proof, and of the certificate of an erasure. */
export function addVerify (verify: Command, act: Act): void {
  verify.option('--rpc <url>', 'an EVM node of the chain that the proof names')
    .option('--anchor <file>', 'anchor.json that the consortium publishes: its chain and contract are demanded')
    .option('--network-id <hex>', 'demand this network')
    .option('--chain-id <n>', 'demand this chain')
    .option('--contract <address>', 'demand this contract')
    .option('--depth <n>', 'count a block as final with so many above it (default: the chain\'s own finalized tag)')
    .option('--manifest <file>', `manifest of an exported file (default: FILE${MANIFEST_SUFFIX}, where that is there)`)
    .action((file: string, flags: VerifyFlags, command: Command) => act(async (run) => {
      const options = {
        pins: await readPins(flags),
        ...flags.rpc !== undefined && { rpc: connectRpc(parseRpcUrl(flags.rpc)) },
        ...flags.depth !== undefined && { finality: { depth: parseWhole(flags.depth, '--depth') } satisfies Finality }
      }
      const manifest = flags.manifest ?? `${file}${MANIFEST_SUFFIX}`
      if (flags.manifest !== undefined || await exists(manifest)) return await verifyExported(run, { file, manifest, proofs: options })
      const handed = parseHandedOn(await readText(file), file)
      if (isErasureCertificate(handed)) return await verifyErasure(handed, options)
      return await verifyProofFile(requireProof(handed, file), options)
    }, command))
}

async function writeProof (run: CommandRun, eventId: string, out: string): Promise<object> {
  await requireFree(out)
  const { proof, ...made } = await makeProof(await run.loadReader(), eventId)
  await writeNewFile(out, `${JSON.stringify(proof)}\n`)
  return { ...made, out }
}

function requireProof (proof: Readonly<Record<string, unknown>>, file: string): unknown {
  const { version } = proof
  if (version === undefined) {
    throwDamaged(file, 'other-type', 'is no proof: that is what "epione audit proof" and "epione record erasure --certificate" write')
  }
  if (version !== PROOF_VERSION) {
    throwDamaged(
      file,
      'other-version',
      `is of version ${JSON.stringify(version).slice(0, 64)}, and this program knows ${PROOF_VERSION} alone`,
      'Verify it with a program of that version.'
    )
  }
  return proof
}

async function readPins ({ networkId, chainId, contract, anchor }: VerifyFlags): Promise<Pins> {
  const published = anchor === undefined ? undefined : await readPublishedAnchor(anchor)
  const pinnedChain = chainId === undefined ? published?.chainId : parseWhole(chainId, '--chain-id')
  const pinnedContract = contract ?? published?.address
  return {
    ...networkId !== undefined && { networkId: parseNetworkId(networkId) },
    ...pinnedChain !== undefined && { chainId: pinnedChain },
    ...pinnedContract !== undefined && { contract: parseContract(pinnedContract).slice(2) }
  }
}

/** What a consortium publishes of its contract. @throws {ClientError} FILE_DAMAGED */
export async function readPublishedAnchor (file: string): Promise<PublishedAnchor> {
  return parseJsonFile(PublishedAnchor, await readText(file), `${file} is no anchor.json of a network.`)
}

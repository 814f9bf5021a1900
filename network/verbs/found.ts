import { resolve } from 'node:path'
import { ensureBinaries, type Binaries } from '../fabric/binaries.ts'
import { networkIdOf } from '../fabric/channel.ts'
import { readBundles } from '../founding/members.ts'
import {
  acceptFounding, assembleFounding, makeProposal, readFounding, readProposal, readSignature, signProposal, verifySigned
} from '../founding/proposal.ts'
import { report } from '../host/logger.ts'
import { handOut, runStep, type FoundingStep, type StepWork } from './founding-step.ts'

const USAGE = `usage: EPIONE_ORGANIZATION=ID node network/verbs/found.ts STEP [--dry-run]
  propose [--to FILE]                        convener: block 0 and the network document of the bundles that are kept here
  sign PROPOSAL [--to FILE]                  each member: compare the proposal with what is made here of its own bundles, and sign it
  assemble PROPOSAL SIGNATURE... [--to FILE] convener: the founding file of the signatures of all members
  accept FOUNDING                            each member: verify all signatures, and found this folder on the file; \`make up\` then starts it
Before these, each member runs org-export, and org-import for the bundle of each other one.
`

const STEPS: Record<string, FoundingStep> = {
  propose: {
    options: ['to'],
    takes: (files) => files.length === 0,
    plan: () => ['make block 0 and the network document of the bundles and the description which are here', 'write them as a proposal, which every member signs'],
    run: async (work, _files, { to }) => {
      const proposal = await makeProposal(await withBinaries(work))
      await handOut(proposal, resolve(to ?? 'proposal.json'), 'proposal')
      process.stdout.write(`${proposal.documentHash}\n`)
    }
  },
  sign: {
    options: ['to'],
    takes: (files) => files.length === 1,
    plan: ({ id }, [file = '']) => [
      `read ${file}, and make block 0 and the document again of the bundles and the description which are here`,
      'compare both: nothing but the time and the nonce of block 0 may differ',
      `sign the document with the admin key of ${id}`
    ],
    run: async (work, [file = ''], { to }) => {
      const { id } = work.organization
      const signature = await signProposal(await readProposal(file), work.organization, await withBinaries(work))
      await handOut(signature, resolve(to ?? `${id}.signature.json`), 'signature')
      process.stdout.write(`${signature.documentHash}\n`)
    }
  },
  assemble: {
    options: ['to'],
    takes: (files) => files.length >= 2,
    plan: (_, files) => [`put the signatures of ${String(files.length - 1)} members to ${files[0] ?? ''}`, 'verify them, and write the founding file for all members'],
    run: async (work, [file = '', ...signatures], { to }) => {
      const founding = assembleFounding(await readProposal(file), await Promise.all(signatures.map(readSignature)), work)
      await verifySigned(founding, await readBundles(work), networkIdOf(Buffer.from(founding.block, 'base64')), work)
      await handOut(founding, resolve(to ?? 'founding.json'), 'founding file')
    }
  },
  accept: {
    options: [],
    takes: (files) => files.length === 1,
    plan: ({ id }, [file = '']) => [`verify block 0, the document and every member's signature of ${file}`, `found the folder of ${id} on it`],
    run: async (work, [file = '']) => {
      const founding = await readFounding(file)
      await acceptFounding(founding, await withBinaries(work))
      report(`founded: ${work.paths.root}; \`make up\` starts what ${work.organization.id} runs`)
      report('compare the hash of the document by voice with each member first: who signed two proposals may be handed another file than you')
      process.stdout.write(`${founding.documentHash}\n`)
    }
  }
}

/** Adds configtxgen, by which block 0 is made, to what a step works on. */
async function withBinaries (work: StepWork): Promise<StepWork & { binaries: Binaries }> {
  return { ...work, binaries: await ensureBinaries(work.settings) }
}

await runStep((name) => STEPS[name], USAGE, true)

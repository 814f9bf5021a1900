import type { Address, Hex } from 'viem'
import { encodeAbiParameters, encodeDeployData, keccak256, numberToHex, stringToBytes } from 'viem'
import { VerificationError } from '../errors.ts'
import { ANCHOR_ABI, ANCHOR_BYTECODE, ANCHOR_IMMUTABLES, ANCHOR_RUNTIME } from './artifact.ts'
import type { AnchorDomain } from './typed-data.ts'
import { prefixed } from './typed-data.ts'
import { checkWitnesses } from './witnesses.ts'

const DOMAIN_TYPE = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)'
const WORD_DIGITS = 64

/** Data of the transaction that deploys the contract for a network; throws `WITNESSES_INVALID`. */
export function encodeDeployment ({ networkId, witnesses }: { readonly networkId: string, readonly witnesses: readonly Address[] }): Hex {
  checkWitnesses(witnesses)
  return encodeDeployData({ abi: ANCHOR_ABI, bytecode: ANCHOR_BYTECODE, args: [prefixed(networkId), witnesses] })
}

/** The domain separator of EIP-712, 32 bytes. */
export function domainSeparatorOf ({ chainId, contract, networkId }: AnchorDomain): Hex {
  return keccak256(encodeAbiParameters(
    [{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'address' }, { type: 'bytes32' }],
    [hashOf(DOMAIN_TYPE), hashOf('Epione Anchor'), hashOf('1'), BigInt(chainId), contract, prefixed(networkId)]
  ))
}

/** The runtime code that the compiled contract has at this address of this chain for this network: its immutables filled in. */
export function deployedCodeOf (domain: AnchorDomain): Hex {
  const values = { CHAIN_ID: numberToHex(domain.chainId, { size: 32 }), DOMAIN_SEPARATOR: domainSeparatorOf(domain) }
  let digits: string = ANCHOR_RUNTIME.slice(2)
  for (const name of ['CHAIN_ID', 'DOMAIN_SEPARATOR'] as const) {
    for (const offset of ANCHOR_IMMUTABLES[name]) {
      digits = digits.slice(0, 2 * offset) + values[name].slice(2) + digits.slice(2 * offset + WORD_DIGITS)
    }
  }
  return prefixed(digits)
}

/**
 * Throws unless the code at the contract's address (`eth_getCode`) is byte by byte what this release compiles to for this network:
 * `CONTRACT_MISSING` where there is none, `CONTRACT_REPLACED` for any other.
 */
export function checkDeployedCode (domain: AnchorDomain, code: Hex | undefined): void {
  if (code === undefined || code === '0x') {
    throw new VerificationError(
      'CONTRACT_MISSING',
      `there is no contract at ${domain.contract} on chain ${String(domain.chainId)}: check address and network, or run make anchor-deploy`
    )
  }
  if (code.toLowerCase() !== deployedCodeOf(domain)) {
    throw new VerificationError(
      'CONTRACT_REPLACED',
      `the contract at ${domain.contract} is not the anchor of this network: trust nothing that it says`
    )
  }
}

function hashOf (text: string): Hex {
  return keccak256(stringToBytes(text))
}

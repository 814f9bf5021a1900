import { createRequire } from 'node:module'
import { Contract } from 'fabric-contract-api'
import type { Context } from 'fabric-contract-api'

/** Like the asset of Fabric's usual sample. */
interface Asset { id: string, colour: string, size: number, owner: string, value: number }

/** One read and one write to a transaction, no signature but Fabric's own, no index, no event. */
class AssetsContract extends Contract {
  constructor () {
    super('Assets')
  }

  async Create (ctx: Context, id: string, colour: string, size: string, owner: string, value: string): Promise<string> {
    if ((await ctx.stub.getState(id)).length > 0) throw new Error(`the asset ${id} already exists`)
    const asset: Asset = { id, colour, size: Number(size), owner, value: Number(value) }
    const json = JSON.stringify(asset)
    await ctx.stub.putState(id, Buffer.from(json))
    return json
  }

  async Read (ctx: Context, id: string): Promise<string> {
    const bytes = await ctx.stub.getState(id)
    if (bytes.length === 0) throw new Error(`the asset ${id} does not exist`)
    return Buffer.from(bytes).toString()
  }
}

const product = createRequire(import.meta.url)('@epione/chaincode') as { contracts: (new () => Contract)[] }

export const contracts: (new () => Contract)[] = [...product.contracts, AssetsContract]

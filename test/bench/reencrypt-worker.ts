import { parentPort } from 'node:worker_threads'
import { encapsulate, generateKfrags, reencrypt, SecretKey, UNPLACED } from '@epione/crypto'

/** Re-encrypts with key material of its own for as many milliseconds as a message says, and answers with calls per second. */
const delegating = SecretKey.random()
const [kfrag] = generateKfrags({
  delegatingKey: delegating, receivingKey: SecretKey.random().publicKey(), signingKey: SecretKey.random(), threshold: 1, shares: 1
})
if (kfrag === undefined || parentPort === null) throw new TypeError('runs in a worker')
const { capsule } = encapsulate(delegating.publicKey(), UNPLACED)
const port = parentPort

port.on('message', (durationMs: number) => {
  const start = performance.now()
  let calls = 0
  while (performance.now() - start < durationMs) {
    for (let call = 0; call < 10; call++) reencrypt(capsule, kfrag)
    calls += 10
  }
  port.postMessage(calls / (performance.now() - start) * 1000)
})

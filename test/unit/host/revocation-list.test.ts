import t from 'tap'
import { DER, DerError, readDer, readDerList, readRevocationList, writeDer } from '@epione/host'

/* Lists made by OpenSSL 3.0 (`openssl ca -gencrl`) from an index with the serial numbers 0A and FF01. */
/** Version 1: no version stands in it, and no extension; ends before 2050. */
const VERSION_1 = 'MIHNMHQwCgYIKoZIzj0EAwIwHDENMAsGA1UECgwEY29yZTELMAkGA1UEAwwCY2EXDTI2MTEzMDEyMDAwMFoXDTI3MTEzMDEyMDAwMFowKjASAg' +
  'EKFw0yNTAxMDIwMzA0MDVaMBQCAwD/ARcNMjUwMTAyMDMwNDA1WjAKBggqhkjOPQQDAgNJADBGAiEApHuYdT4lHzUoUO7WXhqHVBzz2WaHCOPg' +
  'qEzq9ByxYXgCIQCaPavvFh+9wK0JWptoStpOUbo5HDyBF3aMVy/bZaVtCw=='
/** Version 2, until 31 December 2060. */
const VERSION_2 = 'MIHjMIGJAgEBMAoGCCqGSM49BAMCMBwxDTALBgNVBAoMBGNvcmUxCzAJBgNVBAMMAmNhFw0yNjExMzAxMjAwMDBaGA8yMDYwMTIzMTIzNTk1OV' +
  'owKjASAgEKFw0yNTAxMDIwMzA0MDVaMBQCAwD/ARcNMjUwMTAyMDMwNDA1WqAOMAwwCgYDVR0UBAMCAQEwCgYIKoZIzj0EAwIDSQAwRgIhAPIn' +
  'tLijpGcxXNj3JMQdZnQ+mW/4ulhNLmeEsoJMTSCwAiEA/PDsbSoeIf95GkUbt+Y2vv3Sh3uDIzl6iMprvwhYTQk='
const EMPTY = 'MIGgMEgwCgYIKoZIzj0EAwIwHDENMAsGA1UECgwEY29yZTELMAkGA1UEAwwCY2EXDTI2MTEzMDEyMDAwMFoXDTI3MTEzMDEyMDAwMFowCgYIKo' +
  'ZIzj0EAwIDSAAwRQIhANZp+gxnXgYCYBUPYOFs34noFRSfEUk0bSeHugn7ESEjAiB6EeBLXqKa3Ie32xIbYlXqU5qUT3sD63HUhimPYO1Rcw=='
const MADE_AT = Date.UTC(2026, 10, 30, 12)

const pem = (base64: string): Buffer => Buffer.from(`-----BEGIN X509 CRL-----\n${base64}\n-----END X509 CRL-----\n`)

t.test('a revocation list of either version says its serial numbers and times, as PEM or DER', (t) => {
  const first = { madeAt: MADE_AT, nextAt: Date.UTC(2027, 10, 30, 12), serials: ['A', 'FF01'] }
  t.same(readRevocationList(pem(VERSION_1)), first)
  t.same(readRevocationList(Buffer.from(VERSION_1, 'base64')), first)
  t.same(readRevocationList(pem(VERSION_2)), { ...first, nextAt: Date.UTC(2060, 11, 31, 23, 59, 59) })
  t.same(readRevocationList(pem(EMPTY)), { ...first, serials: [] })
  t.end()
})

t.test('a list that is cut off, has no times or is none is refused', (t) => {
  const whole = Buffer.from(VERSION_2, 'base64')
  for (const bytes of [whole.subarray(0, whole.length - 1), Buffer.from('no list'), Buffer.of(), writeDer(DER.sequence, writeDer(DER.sequence))]) {
    t.throws(() => readRevocationList(bytes), DerError)
  }
  const month = Buffer.from(whole.toString('latin1').replace('261130', '26113x'), 'latin1')
  t.throws(() => readRevocationList(month), DerError)
  t.end()
})

t.test('DER that is cut off, endless or has no length is refused; what is written is read again', (t) => {
  t.match(readDer(Uint8Array.of(2, 1, 5)), { tag: 2, content: Uint8Array.of(5), end: 3 })
  const faults = [[], [2], [2, 2, 5], [2, 0x80, 5], [2, 0x85, 0, 0, 0, 0, 1, 5], [2, 0x82, 1], [2, 0x81, 4, 1, 2, 3]]
  for (const bytes of faults) t.throws(() => readDer(Uint8Array.from(bytes)), DerError, bytes.join(' '))
  t.throws(() => readDerList(Uint8Array.of(2, 1, 5, 2)), DerError)
  for (const size of [0, 127, 128, 255, 256, 65_535]) t.equal(readDer(writeDer(DER.set, new Uint8Array(size))).content.length, size)
  t.throws(() => writeDer(DER.set, new Uint8Array(65_536)), RangeError)
  t.end()
})

import { join } from 'node:path'
import t from 'tap'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import type { OrganizationTopology } from '../../../network/description/topology.ts'
import type { BundleContents } from '../../../network/founding/bundle-shape.ts'
import { checkBundle, fingerprintOf, requireFingerprint, signBundle, spellFingerprint } from '../../../network/founding/bundle.ts'
import { requireDescribed } from '../../../network/founding/bundle-set.ts'
import { keepBundle, readBundle, readBundles, requireNew } from '../../../network/founding/members.ts'
import { printable } from '../../../network/errors.ts'
import { createFounder, openFolder, type Founder } from '../../helpers/founders.ts'

const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
const topology = deriveTopology(consortium)
const [core, regional1, regional2] = topology.organizations as [OrganizationTopology, OrganizationTopology, OrganizationTopology]
const honest = { core: createFounder(core), regional1: createFounder(regional1), regional2: createFounder(regional2) }
const { contents } = honest.core.bundle
const refused = (message: RegExp): { code: string, message: RegExp } => ({ code: 'bundle-invalid', message })
/** A founder whose bundle says otherwise, rightly signed by its own admin. */
const saying = ({ bundle, adminKey }: Founder, changes: Partial<BundleContents>): unknown =>
  signBundle({ ...bundle.contents, ...changes }, adminKey)

t.test('a bundle says whose it is by one fingerprint, however it was signed or grouped', (t) => {
  const again = signBundle(contents, honest.core.adminKey)
  t.not(again.signature, honest.core.bundle.signature)
  t.equal(fingerprintOf(checkBundle(JSON.parse(JSON.stringify(again)), 'it')), fingerprintOf(honest.core.bundle))
  const spoken = spellFingerprint(fingerprintOf(again))
  t.match(spoken, /^(?:[0-9a-f]{4}[ \n]?){16}$/)
  requireFingerprint(again, spoken.toUpperCase().replaceAll(' ', ' - '))
  for (const heard of ['', spoken.slice(0, -1), fingerprintOf(honest.regional1.bundle)]) {
    t.throws(() => { requireFingerprint(again, heard) }, { code: 'fingerprint-wrong', advice: /import no other/ })
  }
  t.end()
})

t.test('a bundle swapped or changed on its way is found out', (t) => {
  const { bundle } = honest.core
  const changed = { ...bundle, contents: { ...contents, gatewayUrl: 'https://elsewhere:7055' } }
  t.throws(() => checkBundle(changed, 'it'), refused(/signature is not that of the admin/))
  t.throws(() => checkBundle({ ...bundle, signature: honest.regional1.bundle.signature }, 'it'), refused(/signature/))
  t.throws(() => checkBundle(signBundle(contents, honest.regional1.adminKey), 'it'), refused(/of another key/))
  const swapped = checkBundle(createFounder(core).bundle, 'it')
  t.throws(() => { requireFingerprint(swapped, fingerprintOf(bundle)) }, { code: 'fingerprint-wrong', message: /Core Hospital/ })
  t.end()
})

t.test('what is malformed, of another shape or has members that nobody knows is refused with all of its faults', (t) => {
  t.throws(() => checkBundle(undefined, 'it'), refused(/not a JSON object/))
  t.throws(() => checkBundle({ contents: [], signature: '!' }, 'it'), refused(/contents: .*\n.*signature: /))
  const odd = { ...contents, peers: [], proxy: { encryptionKey: '04', signingKey: contents.proxy.signingKey, more: 1 }, secret: 'x' }
  t.throws(() => checkBundle({ contents: odd, signature: 'AAAA' }, 'it'), refused(/peers[^]*secret[^]*encryptionKey[^]*more/))
  t.throws(() => checkBundle(saying(honest.core, { auditors: [{ issuer: '', subject: 'a', scope: 'all' }] }), 'it'), refused(/issuer[^]*scope/))
  t.end()
})

t.test('names that every object inherits are no known members, and what others wrote moves no cursor where it is told', (t) => {
  const inherited = JSON.parse('{"constructor": 1, "toString": 2, "__proto__": 3}') as Partial<BundleContents>
  const odd = { ...honest.core.bundle, contents: Object.defineProperties({ ...contents }, Object.getOwnPropertyDescriptors(inherited)) }
  t.throws(() => checkBundle(odd, 'it'), refused(/constructor: not a known[^]*toString: not a known[^]*__proto__: not a known/))
  t.equal(printable('a\u001b[2J\u009b1A\u202eb\n\tSpital \u00fc'), 'a\\u{1b}[2J\\u{9b}1A\\u{202e}b\n\tSpital \u00fc')
  t.end()
})

t.test('certificates that do not hang together are refused, each with why', (t) => {
  const other = honest.regional1.bundle.contents
  const { roots, orderer } = contents
  const cases: [Partial<BundleContents>, RegExp][] = [
    [{ roots: { ...roots, identity: other.roots.identity } }, /adminCertificate was not issued by roots\.identity/],
    [{ roots: { ...roots, tls: other.roots.tls } }, /orderer\.tlsCertificate was not issued by roots\.tls/],
    [{ roots: { identity: contents.adminCertificate, tls: roots.tls } }, /roots\.identity is no root/],
    [{ roots: { identity: roots.identity, tls: roots.identity } }, /are one/],
    [{ roots: { ...roots, identity: roots.identity + other.roots.identity } }, /Use one certificate in PEM/],
    [{ roots: { ...roots, identity: roots.identity.replace('\nMII', '\nMI\nI') } }, /not spelled as one certificate alone/],
    [{ roots: { ...roots, identity: roots.identity.replace('\nMII', '\nAAA') } }, /roots\.identity is no certificate/],
    [{ orderer: { ...orderer, tlsCertificate: roots.tls } }, /orderer\.tlsCertificate was not issued|does not name/],
    [{ host: { address: '10.0.0.9', name: 'core.example' } }, /does not name 10\.0\.0\.9/]
  ]
  for (const [changes, message] of cases) t.throws(() => checkBundle(saying(honest.core, changes), 'it'), refused(message))
  t.throws(() => checkBundle(honest.core.bundle, 'it', Date.UTC(2060, 0)), refused(/roots\.identity expired on 2049/))
  const { certificate, privateKey } = { certificate: honest.core.bundle.contents.orderer.tlsCertificate, privateKey: honest.core.adminKey }
  t.throws(() => checkBundle(signBundle({ ...contents, adminCertificate: certificate }, privateKey), 'it'), refused(/its unit is another/))
  t.end()
})

t.test('a bundle that says otherwise than the description here is refused with both values', (t) => {
  t.equal(requireDescribed(honest.core.bundle, topology), core)
  const moved = createFounder({ ...core, orderer: { ...core.orderer, port: 9999 }, name: 'Other Hospital' }).bundle
  t.throws(() => requireDescribed(moved, topology), refused(/name is "Other Hospital" in the bundle and "Core Hospital"[^]*127\.0\.0\.1:9999/))
  t.throws(() => requireDescribed(createFounder({ ...core, id: 'stranger' }).bundle, topology), refused(/"stranger", which the description does not list/))
  t.end()
})

t.test('two members with one MSP id, address, root or key are refused, naming both', async (t) => {
  const own = await openFolder(t.testdir({}), 'core', consortium, honest.core.adminKey)
  await keepBundle(honest.core.bundle, own.paths)
  const { roots, proxy, anchor, orderer } = contents
  const clones: [Partial<BundleContents>, RegExp][] = [
    [{ mspId: contents.mspId }, /regional1 has the MSP id of core/],
    [{ peers: [orderer.address] }, /regional1 has the address 127\.0\.0\.1:7050 of core/],
    [{ gatewayUrl: contents.gatewayUrl }, /the gateway's address of core/],
    [{ roots: { ...roots } }, /the root of the identity CA of core[^]*the root of the TLS CA of core/],
    [{ proxy: { ...honest.regional1.bundle.contents.proxy, signingKey: proxy.signingKey } }, /the proxy's signing key of core/],
    [anchor === undefined ? {} : { anchor }, /the witness of core/]
  ]
  for (const [changes, message] of clones) {
    const { bundle } = createFounder(regional1, changes)
    await t.rejects(requireNew(bundle, own), refused(message))
  }
  await requireNew(honest.regional1.bundle, own)
})

t.test('bundles are kept whole, missing ones are named, and a kept one that was changed is no longer taken', async (t) => {
  const own = await openFolder(t.testdir({}), 'core', consortium, honest.core.adminKey)
  await keepBundle(honest.core.bundle, own.paths)
  await keepBundle(honest.regional1.bundle, own.paths)
  await t.rejects(readBundles(own), { code: 'not-founded', message: /no bundle here of regional2$/, advice: /org-import/ })
  await keepBundle(honest.regional2.bundle, own.paths)
  t.strictSame((await readBundles(own)).map(({ contents: { id } }) => id), ['core', 'regional1', 'regional2'])
  await keepBundle({ ...honest.regional2.bundle, contents: { ...honest.regional2.bundle.contents, name: 'Else' } }, own.paths)
  await t.rejects(readBundle('regional2', own.paths), refused(/signature/))
})

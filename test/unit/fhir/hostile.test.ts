import t from 'tap'
import type { FhirResource } from 'fhir/r4.js'
import { findFault } from '@epione/fhir'
import type { RecordSummary } from '@epione/sdk'
import { readContent } from '../../../fhir/src/content.ts'
import { closeLinks, requireOwnAttachments } from '../../../fhir/src/links.ts'
import { inPieces } from '../../../fhir/src/record-reader.ts'
import { binaryOf } from '../../../fhir/src/sealed-resources.ts'
import { readSearch } from '../../../fhir/src/search-query.ts'

/* What somebody sealed, or asks for, to stop a service that others need. */

t.test('a resource that is nested without end is bytes, and exhausts nobody\'s stack', (t) => {
  const nested = (levels: number): Buffer => Buffer.from(
    `{"resourceType":"DocumentReference","status":"current","content":[{"attachment":{}}],"extension":[${'{"url":"urn:x","extension":['.repeat(levels)}{"url":"urn:x","valueString":"x"}${']}'.repeat(levels)}]}`
  )
  t.equal(readContent(nested(20)).kind, 'resource')
  for (const levels of [100, 10_000, 1_000_000]) {
    t.match(readContent(nested(levels)), { kind: 'bytes', contentType: 'text/plain; charset=utf-8' }, String(levels))
  }
  t.end()
})

t.test('a resource of millions of values is bytes, and takes nobody\'s memory', (t) => {
  const many = (count: number): Buffer => Buffer.from(
    `{"resourceType":"DocumentReference","status":"current","content":[${'{"attachment":{}},'.repeat(count)}{"attachment":{}}]}`
  )
  t.equal(readContent(many(1_000)).kind, 'resource')
  const before = process.memoryUsage().heapUsed
  t.equal(readContent(many(2_500_000)).kind, 'bytes', '45 MB')
  t.ok(process.memoryUsage().heapUsed - before < 400 * 1024 * 1024)
  t.equal(readContent(Buffer.from(`{"resourceType":"DocumentReference","status":"current","description":"${'{[,'.repeat(1_000_000)}","content":[{"attachment":{}}]}`)).kind, 'resource', 'a text has none')
  t.end()
})

t.test('records are opened in pieces that fit into memory', (t) => {
  const record = (sizeClass: number): RecordSummary => ({ sizeClass }) as RecordSummary
  const pieces = (sizes: number[], max: number): number[][] =>
    [...inPieces(sizes.map(record), max)].map((piece) => piece.map(({ sizeClass }) => sizeClass))
  t.strictSame(pieces([], 64), [])
  t.strictSame(pieces([10, 10, 10], 2), [[10, 10], [10]])
  t.strictSame(pieces([26, 26, 26, 10], 64), [[26, 26], [26, 10]])
  t.strictSame(pieces([26, 25, 25, 10], 64), [[26, 25, 25], [10]])
  t.strictSame(pieces([40, 26, 40, 26], 64), [[40, 26, 40, 26]], 'what is too large is not opened at all')
  t.end()
})

t.test('a parameter named as a member of every object is one that is not known', (t) => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    t.throws(() => readSearch('DocumentReference', new URLSearchParams([[name, 'x']]), true), { code: 'PARAMETER_UNKNOWN' }, name)
    t.equal(readSearch('DocumentReference', new URLSearchParams([[name, 'x']]), false).isPlain, true, name)
  }
  t.end()
})

t.test('what is sealed leads nobody elsewhere', (t) => {
  const recordId = 'ab'.repeat(16)
  const attachment = (url: string): object => ({ contentType: 'application/pdf', url })
  const hostile = {
    resourceType: 'DocumentReference',
    status: 'current',
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><img src="https://evil.example/pixel"/></div>' },
    author: [{ reference: 'https://evil.example/Practitioner/1', display: 'Dr E' }, { reference: '//evil.example/Practitioner/1' }, { reference: '../../admin' }, { reference: 'Practitioner/..' }, { reference: 'Practitioner/7' }, { reference: '#p' }],
    extension: [{ url: 'https://example.org/photo', valueAttachment: attachment('file:///etc/passwd') }],
    contained: [{ resourceType: 'Patient', id: 'p', photo: [attachment('https://evil.example/x')], text: { status: 'generated', div: '<div>plain <b class="x">text</b><br/></div>' } }],
    content: [
      'https://evil.example/a.pdf', 'http://169.254.169.254/', 'javascript:alert(1)', 'data:text/html,x', '//evil.example/x', 'Binary/../../metadata', `Binary/${'cd'.repeat(16)}.1`,
      `https://evil.example/Binary/${recordId}.1`, `Binary/${recordId}.2.1`
    ].map((url) => ({ attachment: attachment(url) }))
  } as unknown as FhirResource
  t.equal(findFault(hostile), undefined, 'it is of R4')
  type Closed = FhirResource & { content: Array<{ attachment: { url?: string, _url?: object } }> }
  const closed = closeLinks(hostile, recordId) as Closed
  t.equal(findFault(closed), undefined, 'and so is what is passed on')
  t.strictSame(closed.content.map(({ attachment: { url } }) => url), [...Array.from({ length: 7 }, () => undefined), `Binary/${recordId}.1`, `Binary/${recordId}.2.1`])
  t.match(closed.content[0], { attachment: { contentType: 'application/pdf', _url: { extension: [{ valueCode: 'masked' }] } } })
  t.match(closed, {
    text: undefined,
    author: [
      { reference: undefined, identifier: { system: 'urn:ietf:rfc:3986', value: 'https://evil.example/Practitioner/1' }, display: 'Dr E' },
      { reference: undefined }, { reference: undefined }, { reference: undefined }, { reference: 'Practitioner/7' }, { reference: '#p' }
    ],
    extension: [{ url: 'https://example.org/photo', valueAttachment: { url: undefined } }],
    contained: [{ photo: [{ url: undefined }], text: { div: '<div>plain <b class="x">text</b><br/></div>' } }]
  })
  for (const div of ['<div><script>x</script></div>', '<div onclick="x">y</div>', '<div style="background:url(//e)">y</div>', '<div><a href="//e">y</a></div>', '<div><!-- x --></div>', '<div', '<div class="x" \nid="y"><svg/onload=x></div>']) {
    t.notMatch(closeLinks({ ...hostile, text: { status: 'generated', div } } as unknown as FhirResource, recordId), { text: { div } }, div)
  }
  t.end()
})

t.test('what is written has its bytes within it, or in its own Binaries', (t) => {
  const recordId = 'ab'.repeat(16)
  const document = (url: string): FhirResource => ({ resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { url } }] })
  for (const url of ['https://evil.example/a', `Binary/${'cd'.repeat(16)}.1`, 'urn:uuid:5b7c5a80-0000-4000-8000-000000000001', `Binary/${recordId}.1/../x`]) {
    t.throws(() => requireOwnAttachments(document(url), recordId), { code: 'RESOURCE_INVALID' }, url)
  }
  t.strictSame(requireOwnAttachments(document(`http://127.0.0.1:8103/fhir/Binary/${recordId}.1`), recordId), document(`Binary/${recordId}.1`))
  t.end()
})

t.test('a type that would be another header is none', (t) => {
  for (const contentType of ['text/plain\r\nx-evil: 1', 'text/plain\nx', 'text/plain; name=\u00fc', 'a b', '\ud800']) {
    const resource = { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType, data: 'eA==' } }] } as unknown as FhirResource
    t.match(binaryOf({ kind: 'resource', resource }, 0), { contentType: 'application/octet-stream' }, JSON.stringify(contentType))
  }
  t.end()
})

t.test('a text that is long and almost fits is told in time', (t) => {
  const began = performance.now()
  const resource = { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: `${'a '.repeat(1_000_000)} `, url: 'x'.repeat(1_000_000) } }], text: { status: 'generated', div: '<div '.repeat(200_000) } }
  findFault(resource)
  closeLinks(resource as unknown as FhirResource, 'ab'.repeat(16))
  t.ok(performance.now() - began < 5_000, `${String(performance.now() - began)} ms`)
  t.end()
})

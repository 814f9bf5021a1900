import type { ListenerUse } from './topology.ts'

/** Who may use a listener; docs/access.md is made of it. */
export interface ListenerAccess {
  /** What carries it and what the caller shows. */
  credentials: string
  who: string
  /** What anybody else gets. */
  outsider: string
  /** Where a call leaves a trace. */
  trace: string
}

const OPERATIONS: ListenerAccess = {
  credentials: 'TLS; metrics and log levels: client certificate of the hospital\'s control CA',
  who: 'health and version: anyone; metrics and log levels: the hospital\'s administration',
  outsider: '401',
  trace: 'not logged'
}

/** Every listener of a network; all are on the loopback interface. A use without a row does not compile. */
export const LISTENER_ACCESS: Readonly<Record<ListenerUse, ListenerAccess>> = {
  gateway: {
    credentials: 'TLS 1.3; by route: none, token, session, or client certificate of a member\'s gateway',
    who: 'see the routes above',
    outsider: 'see the routes above',
    trace: 'request log'
  },
  'gateway metrics': {
    credentials: 'HTTP on the loopback interface, none',
    who: 'every process of this machine, reading counts that name no person',
    outsider: '404, or 421 under another name than localhost',
    trace: 'not logged'
  },
  Prometheus: {
    credentials: 'HTTP on the loopback interface, none; runs only where `make up` was told to watch',
    who: 'every process of this machine, reading what was scraped',
    outsider: 'answered; nothing can be changed',
    trace: 'not logged'
  },
  'identity provider': {
    credentials: 'TLS 1.3; people: name and password at the sign-in page; programs of the hospital: private_key_jwt; keys and discovery: none',
    who: 'the hospital\'s staff, their browsers and workstations, its programs, and its gateway',
    outsider: '400 or 401 with an error of OAuth',
    trace: 'sign-ins in its store until they end; faults in its log'
  },
  peer: {
    credentials: 'TLS; each proposal and block request is signed with a certificate of a member',
    who: 'transactions: see above; raw blocks and system queries: peers, gateways, anchor services, auditors and admins of members',
    outsider: 'access denied',
    trace: 'log of the peer; what is submitted stands on the ledger'
  },
  'peer operations': OPERATIONS,
  'peer chaincode listener': {
    credentials: 'mutual TLS with a certificate that the peer itself issues to a chaincode it starts',
    who: 'nobody: chaincode is a process of its own, to which the peer connects',
    outsider: 'the handshake ends',
    trace: 'log of the peer'
  },
  chaincode: {
    credentials: 'mutual TLS, client certificate of the hospital\'s control CA',
    who: 'the hospital\'s own peers',
    outsider: 'the handshake ends',
    trace: 'log of the chaincode'
  },
  orderer: {
    credentials: 'TLS; each envelope is signed with a certificate of a member; between orderers mutual TLS',
    who: 'envelopes: members; blocks: peers, gateways, anchor services, auditors and admins of members; cluster: the channel\'s orderers',
    outsider: 'FORBIDDEN',
    trace: 'log of the orderer; what is ordered stands in a block'
  },
  'orderer administration': {
    credentials: 'mutual TLS, client certificate of the hospital\'s control CA',
    who: 'the hospital\'s administration',
    outsider: 'the handshake ends',
    trace: 'log of the orderer'
  },
  'orderer operations': OPERATIONS,
  'certificate authority': {
    credentials: 'TLS; enrolment: secret of a registered identity; all else: signed with a certificate of that CA',
    who: 'CA certificate: anyone; enrolment: whoever was registered; registration: the registrar of staff, for staff alone, and the CA\'s administrator',
    outsider: '401',
    trace: 'log of the CA'
  },
  'certificate authority operations': {
    credentials: 'TLS; no root is set up for client certificates',
    who: 'health and version: anyone; metrics and log levels: nobody',
    outsider: '401',
    trace: 'not logged'
  },
  'anchor service': {
    credentials: 'HTTP on the loopback interface, none',
    who: 'every process of this machine, reading health, state and metrics',
    outsider: '404 for everything else',
    trace: 'not logged'
  },
  'IPFS swarm': {
    credentials: 'the swarm\'s key, which the hospitals share, and the key of each node',
    who: 'the other hospitals\' nodes: each may fetch any content of which it knows the CID',
    outsider: 'the connection ends',
    trace: 'log of the node'
  },
  'IPFS interface': {
    credentials: 'HTTP on the loopback interface, a secret in Authorization',
    who: 'the hospital\'s own gateway, for six commands',
    outsider: '403',
    trace: 'not logged'
  },
  'EVM node': {
    credentials: 'HTTP on the loopback interface, none',
    who: 'every process of this machine: it stands for a public chain, and its contract judges signatures alone',
    outsider: 'answered',
    trace: 'the chain'
  }
}

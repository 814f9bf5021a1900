import t from 'tap'
import { ConfigError, readConfig } from '../../../gateway/src/config.ts'

const SETTINGS: Record<string, string> = {
  MSP_ID: 'CoreMSP',
  ORGANIZATION_ID: 'core',
  LISTEN_PORT: '7055',
  PUBLIC_URL: 'https://localhost:7055',
  DATA_DIR: 'data',
  TLS_CERT_FILE: 'a',
  TLS_KEY_FILE: 'a',
  NETWORK_FILE: 'a',
  FABRIC_CERT_FILE: 'a',
  FABRIC_KEY_FILE: 'a',
  REGISTRAR_CERT_FILE: 'a',
  REGISTRAR_KEY_FILE: 'a',
  CA_REGISTRAR_CERT_FILE: 'a',
  CA_REGISTRAR_KEY_FILE: 'a',
  WALLET_KEY_FILE: 'a',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_AUDIENCE: 'https://localhost:7055',
  OIDC_JWKS_URL: 'https://issuer.example/jwks'
}

t.test('settings are read with every default applied', (t) => {
  t.match(readConfig(SETTINGS), {
    listen: { host: '127.0.0.1', port: 7055 },
    databaseUrl: undefined,
    logLevel: 'info',
    maxContentBytes: 64 * 2 ** 30
  })
  t.match(readConfig({ ...SETTINGS, MAX_CONTENT_BYTES: '1000', DATABASE_URL: 'postgresql://localhost/epione' }), {
    maxContentBytes: 1000,
    databaseUrl: 'postgresql://localhost/epione'
  })
  t.end()
})

t.test('the key of the wallet comes from one place', (t) => {
  t.match(readConfig(SETTINGS), { walletKeySource: { setting: 'WALLET_KEY_FILE', value: 'a' } })
  const { WALLET_KEY_FILE: _file, ...others } = SETTINGS
  t.match(readConfig({ ...others, WALLET_KEY_COMMAND: '/usr/bin/ask' }), { walletKeySource: { setting: 'WALLET_KEY_COMMAND' } })
  for (const wrong of [others, { ...SETTINGS, WALLET_KEY: 'b' }]) t.throws(() => readConfig(wrong), /WALLET_KEY_COMMAND: give one of these/)
  t.throws(() => readConfig({ ...others, WALLET_KEY_COMMAND: 'ask' }), /absolute path/)
  t.end()
})

t.test('keys of an identity provider come over TLS or from the own machine', (t) => {
  for (const url of [
    'https://idp.example/jwks', 'http://localhost:8080/jwks', 'http://127.0.0.1/jwks', 'http://[::1]:8080/jwks'
  ]) {
    t.equal(readConfig({ ...SETTINGS, OIDC_JWKS_URL: url }).oidc.jwksUrl, url)
  }
  for (const url of [
    'http://idp.example/jwks', 'http://127.0.0.1.example/jwks', 'http://localhost@idp.example/jwks',
    'https://you@idp.example/jwks', 'file:///jwks.json', 'file://server/jwks.json', 'ftp://idp.example/jwks', 'data:,'
  ]) {
    t.throws(() => readConfig({ ...SETTINGS, OIDC_JWKS_URL: url }), /OIDC_JWKS_URL is not an https URL/, url)
  }
  t.end()
})

t.test('all faults are named at once', (t) => {
  const faulty = {
    ...SETTINGS,
    MSP_ID: undefined,
    LISTEN_PORT: 'web',
    PUBLIC_URL: 'http://localhost',
    DATABASE_URL: 'mysql://x',
    LOG_LEVEL: 'loud',
    WALLET_KEY_FILE: ''
  }
  const error = t.throws(() => readConfig(faulty), ConfigError) as ConfigError
  for (const name of ['MSP_ID', 'LISTEN_PORT', 'PUBLIC_URL', 'DATABASE_URL', 'LOG_LEVEL', 'WALLET_KEY_FILE']) t.match(error.message, name)
  t.equal(error.faults.length, 6)
  t.end()
})

t.test('a setting that is empty is a fault and not a default, and a number is decimal digits', (t) => {
  for (const name of ['DATABASE_URL', 'LOG_LEVEL', 'MAX_CONTENT_BYTES', 'LISTEN_HOST']) {
    for (const value of ['', ' ']) {
      t.throws(
        () => readConfig({ ...SETTINGS, [name]: value }),
        { message: new RegExp(`${name} is set but empty`) },
        name
      )
    }
  }
  for (const value of [
    '0', '65536', '99999', '0x1f', '1e3', ' 80', '080'
  ]) t.throws(() => readConfig({ ...SETTINGS, LISTEN_PORT: value }), { message: /LISTEN_PORT is not a port number/ }, value)
  for (const value of [
    '0', '1e9', '0x10', ' 5 ', '-1', '1.5'
  ]) t.throws(() => readConfig({ ...SETTINGS, MAX_CONTENT_BYTES: value }), ConfigError, value)
  t.equal(readConfig({ ...SETTINGS, LISTEN_PORT: '65535' }).listen.port, 65_535)
  t.end()
})

t.test('reverse proxies are addresses or blocks of them', (t) => {
  t.same(readConfig(SETTINGS).trustedProxies, [])
  t.same(readConfig({ ...SETTINGS, TRUSTED_PROXIES: '10.1.2.3, 10.2.0.0/16,2001:db8::/32' }).trustedProxies, [
    '10.1.2.3', '10.2.0.0/16', '2001:db8::/32'
  ])
  for (const text of ['proxy.example', 'true', '10.0.0.0/33', '10.0.0.0/0', '10.0.0', '10.0.0.1,', '::/129', '1']) {
    t.throws(() => readConfig({ ...SETTINGS, TRUSTED_PROXIES: text }), /TRUSTED_PROXIES is not IP addresses/, text)
  }
  t.end()
})

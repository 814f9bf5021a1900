import t from 'tap'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { findSettingFaults } from '@epione/host'
import { readSettings as readAnchorSettings } from '../../../anchor/src/service/settings.ts'
import { readSettings as readIdentitySettings } from '../../../identity/src/settings.ts'

const Settings = Type.Object({
  PORT: Type.String({ pattern: '^[1-9][0-9]*$', description: 'a port number' }),
  URL: Type.Optional(Type.String({ pattern: '^https://' })),
  LEVEL: Type.Optional(Type.Enum(['info', 'debug']))
})

t.test('everything that is wrong with an environment is named at once, and nothing of what other programs read', (t) => {
  t.same(findSettingFaults(Settings, { PORT: '80', HOME: '' }, Value.Check), [])
  t.same(findSettingFaults(Settings, { URL: 'http://x', LEVEL: 'loud' }, Value.Check), [
    'PORT is not set', 'URL is not of the form ^https://', 'LEVEL is not as expected'
  ])
  t.same(findSettingFaults(Settings, { PORT: '0', URL: ' ' }, Value.Check), ['PORT is not a port number', 'URL is set but empty'])
  t.end()
})

t.test('identity provider and anchor service say so in errors of their own', (t) => {
  t.throws(() => readIdentitySettings({ ISSUER: 'http://x', LISTEN_PORT: '', ACCESS_TOKEN_SECONDS: '3601' }), {
    name: 'SettingsError', message: /ISSUER is not an https origin[\s\S]*LISTEN_PORT is set but empty[\s\S]*ACCESS_TOKEN_SECONDS is above 3600/
  })
  t.throws(() => readAnchorSettings({ GATEWAY_URL: 'http://x', LISTEN_PORT: '' }), {
    code: 'SETTINGS_INVALID', message: /LISTEN_PORT is set but empty, .*GATEWAY_URL is not of the form \^https/
  })
  t.end()
})

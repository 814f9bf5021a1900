import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'

/**
 * Import directions (docs/architecture.md): crypto imports nothing of ours, chaincode/model only crypto, and every
 * arrow points one way. `forbid` lists what the files of one layer must not import.
 */
const layer = (files, ...forbid) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [
        { regex: '^@nucypher/', message: 'umbral-pre is a test peer (GPL): tests only.' },
        { regex: '(^|/)test/', message: 'Nothing imports test.' },
        ...forbid.map((regex) => ({ regex, message: 'Wrong import direction, see docs/architecture.md.' }))
      ]
    }]
  }
})

const CLOCK_AND_RANDOMNESS = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Chaincode has one clock: src/contracts/clock.ts.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Chaincode has one clock: src/contracts/clock.ts.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chaincode is deterministic.' },
  { selector: "MemberExpression[object.name='process']", message: 'Chaincode reads no environment.' },
  { selector: "CallExpression[callee.name='fetch']", message: 'Chaincode has no network.' }
]

export default tseslint.config(
  { ignores: ['**/dist/', 'build/', '.cache/', '.state/', '.tap/'] },
  ...neostandard({ ts: true }),
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name every export.' }],
      // TypeBox schemas share their name with their type; the compiler reports real redeclarations.
      '@typescript-eslint/no-redeclare': 'off',
      complexity: ['error', 15]
    }
  },
  layer(['crypto/src/**/*.ts'], '^@epione/', '^\\.\\./\\.\\./'),
  layer(['ledger/src/**/*.ts'], '^@epione/(?!crypto)', '^\\.\\./\\.\\./'),
  layer(['chaincode/src/model/**/*.ts'], '^@epione/(?!crypto)', '^\\.\\./(contracts|client|verify)'),
  // The judge runs in browsers, too.
  layer(['chaincode/src/verify/**/*.ts'], '^@epione/(?!crypto$)', '^\\.\\./(contracts|client|errors)', '^node:'),
  layer(['chaincode/src/contracts/**/*.ts'], '^@epione/(?!crypto)', '^\\.\\./client'),
  layer(['chaincode/src/client/**/*.ts'], '^@epione/(?!crypto)', '^\\.\\./contracts'),
  layer(['gateway/src/**/*.ts'], '^@epione/(?!crypto|ledger/blocks|chaincode/(model|verify|client))'),
  layer(['anchor/src/**/*.ts'], '^@epione/(?!crypto|ledger/blocks|chaincode/(model|client)|gateway/fabric)'),
  layer(['client/src/**/*.ts'], '^@epione/(?!crypto|ledger/blocks|chaincode/(model|verify)|anchor/(verify|ledger))'),
  layer(['network/**/*.ts'], '^@epione/', '^\\.\\./(crypto|ledger|chaincode|gateway|anchor|client)'),
  {
    files: ['chaincode/src/{model,verify,contracts}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name every export.' }, ...CLOCK_AND_RANDOMNESS] }
  },
  {
    files: ['chaincode/src/contracts/clock.ts'],
    rules: { 'no-restricted-syntax': 'off' }
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafePromises: [{ from: 'package', name: 'PromiseWithSubtest', package: '@tapjs/core' }] }], complexity: 'off' }
  }
)

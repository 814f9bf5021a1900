import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'

/**
 * Import directions (docs/architecture.md): crypto <- protocol <- ledger <- gateway, anchor, sdk <- cli; chaincode uses crypto and
 * protocol; signals uses protocol/streams, and sdk, fhir and cli use signals; fhir, sync (on fhir's sealing) and portal-service stand beside sdk's other programs, and cli starts them; what never runs in a browser (gateway, anchor, cli, ledger/audit, network) uses host. `forbid` lists what the files of one
 * layer must not import.
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
  { ignores: ['**/dist/', 'build/', '.cache/', '.state/', '.tap/', 'device/bundle.d.ts', 'fhir/src/r4-definitions.ts', 'client/src/schema.ts'] },
  ...neostandard({ ts: true }),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strict],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name every export.' }],
      // TypeBox schemas share their name with their type; the compiler reports real redeclarations.
      '@typescript-eslint/no-redeclare': 'off',
      complexity: ['error', 12],
      // A sentence stays in one literal, so that it can be searched for.
      'max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }]
    }
  },
  layer(['host/src/**/*.ts'], '^@epione/', '^\\.\\./\\.\\./'),
  layer(['crypto/src/**/*.ts'], '^@epione/', '^\\.\\./\\.\\./'),
  layer(['protocol/src/**/*.ts'], '^@epione/(?!crypto$)', '^node:'),
  layer(['protocol/src/{shapes,policy}/**/*.ts'], '^@epione/(?!crypto$)', '^node:', '^\\.\\./(verify|api|exports|fhir)/'),
  layer(['ledger/src/{blocks,contract,proof,signing}/**/*.ts'], '^@epione/(?!crypto|protocol(/verify)?$)', '^\\.\\./(client|fabric|audit)/', '^node:'),
  layer(['ledger/src/client/**/*.ts'], '^@epione/(?!crypto|protocol(/verify)?$)', '^\\.\\./(fabric|audit|proof|contract)/'),
  layer(['ledger/src/fabric/**/*.ts'], '^@epione/(?!crypto|protocol(/verify)?$)', '^\\.\\./(audit|proof|contract)/'),
  layer(['ledger/src/audit/**/*.ts'], '^@epione/(?!host$|crypto|protocol(/verify)?$)', '^\\.\\./(client|fabric)/'),
  layer(['chaincode/src/**/*.ts'], '^@epione/(?!crypto$|protocol(/verify)?$)'),
  layer(['gateway/src/**/*.ts'], '^@epione/(?!host$|portal-service$|crypto|protocol(/verify|/api|/exports|/fhir)?$|ledger/(blocks|client|fabric)$)'),
  layer(['identity/src/**/*.ts'], '^@epione/(?!host$|protocol/api$)', '^\\.\\./\\.\\./'),
  layer(['anchor/src/**/*.ts'], '^@epione/(?!host$|crypto|protocol(/verify|/api)?$|ledger/(blocks|client|contract|fabric)$)'),
  layer(['signals/src/**/*.ts'], '^@epione/(?!protocol/streams$)', '^node:'),
  layer(['client/src/**/*.ts', 'client/example.ts'], '^@epione/(?!client$)', '^node:', '^\\.\\./\\.\\./'),
  layer(['sdk/src/**/*.ts'], '^@epione/(?!signals(/|$)|crypto|protocol(/verify|/api|/exports|/fhir|/streams)?$|ledger/(blocks|proof|signing)$)', '^node:'),
  layer(['device/src/**/*.ts'], '^@epione/(?!host$|crypto$|protocol(/streams)?$|sdk(/errors)?$)'),
  layer(['fhir/src/**/*.ts'], '^@epione/(?!signals(/|$)|host$|crypto|protocol(/api|/fhir|/streams)?$|sdk$)'),
  layer(['portal-service/src/**/*.ts'], '^@epione/(?!host$)'),
  layer(['sync/src/**/*.ts'], '^@epione/(?!host$|crypto|protocol(/fhir)?$|sdk$|fhir/sealing$)'),
  layer(['cli/src/**/*.ts'], '^@epione/(?!portal-service$|signals(/|$)|host$|crypto|protocol(/verify|/api|/fhir|/streams)?$|ledger/(blocks|proof|audit)$|sdk(/erasure-proof|/errors|/exports|/feedback|/proof|/sign-in|/signing)?$|device$|fhir$|sync$)'),
  layer(['portal/src/worker/**/*.ts'], '^@epione/(?!signals(/|$)|crypto$|protocol(/api|/streams)?$|sdk(/errors|/exports|/feedback|/proof|/sign-in)?$)', '^node:'),
  layer(['portal/src/wallet/**/*.ts'], '^@epione/(?!ledger/(contract|proof)$)', '^node:', '^\\.\\./worker/'),
  layer(['portal/src/frame/**/*.ts'], '^@epione/', '^node:', '^(\\.\\./)+(worker|ask|pages)/'),
  // Pages have no key and no gateway: they ask the worker, and know of it the shapes alone.
  {
    files: ['portal/src/{app,main}.tsx', 'portal/src/{ask,i18n,pages,parts,roles}/**/*.{ts,tsx}'],
    rules: {
      // What shows its own faults is started, and not waited for.
      'no-void': ['error', { allowAsStatement: true }],
      '@typescript-eslint/no-restricted-imports': ['error', {
        patterns: [
          { regex: '^@epione/(?!sdk/errors$)', allowTypeImports: true, message: 'Pages ask the worker: types alone, see docs/architecture.md.' },
          { regex: '/worker/(?!main\\.ts\\?worker&url$)', allowTypeImports: true, message: 'Pages ask the worker: types alone.' },
          { regex: '^node:', message: 'This runs in a browser.' }
        ]
      }]
    }
  },
  layer(['network/**/*.ts'], '^@epione/', '^(\\.\\./)+(crypto|protocol|ledger|chaincode|gateway|identity|anchor|signals|sdk|device|fhir|sync|portal|portal-service|cli)/'),
  {
    files: ['chaincode/src/contracts/**/*.ts', 'protocol/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name every export.' }, ...CLOCK_AND_RANDOMNESS] }
  },
  {
    files: ['chaincode/src/contracts/clock.ts'],
    rules: { 'no-restricted-syntax': 'off' }
  },
  {
    // Made by the compiler.
    files: ['ledger/src/contract/artifact.ts', 'fhir/src/r4-definitions.ts'],
    rules: { 'max-len': 'off' }
  },
  {
    files: ['test/**/*.ts'],
    rules: { complexity: 'off' }
  }
)

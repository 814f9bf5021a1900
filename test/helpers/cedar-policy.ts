import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { PolicyDocument, PolicyOrganization, PolicyRule } from '@epione/protocol'
import type { Asked } from './policies.ts'

/**
 * A policy in Cedar's words, made from the document alone: one Cedar policy for each rule, and one that forbids where the rule hangs on
 * something that is not there, since Cedar itself would leave such a rule out.
 */
export interface CedarVerdict { decision: 'permit' | 'deny', rules: string[] }

type Term = { yes: string, unknown: string }
type Asking = Pick<Asked, 'mspId' | 'role' | 'department' | 'action' | 'purpose'>

/** What Cedar says of one record; `undefined`: of a request none of whose records is known. Determining rules come by id, sorted. */
export function askCedar (policy: PolicyDocument, asked: Asking, record?: Asked['records'][number]): CedarVerdict {
  const answer = isAuthorized({
    principal: { type: 'Person', id: 'p' },
    action: { type: 'Action', id: asked.action ?? 'read' },
    resource: { type: 'Record', id: 'r' },
    context: { purpose: asked.purpose },
    policies: { staticPolicies: Object.fromEntries(policy.rules.flatMap((rule) => translate(rule, policy))) },
    entities: entitiesOf(policy, asked, record)
  })
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors))
  const { decision, diagnostics } = answer.response
  if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors))
  return { decision: decision === 'allow' ? 'permit' : 'deny', rules: diagnostics.reason.sort() }
}

function translate (rule: PolicyRule, policy: PolicyDocument): [string, string][] {
  const terms = termsOf(rule, policy)
  const applies = all(terms.map((t) => t.yes))
  const hangs = `${all(terms.map((t) => `(${t.yes} || ${t.unknown})`))} && ${any(terms.map((t) => t.unknown))}`
  return [
    [rule.id, `${rule.effect} (principal, action, resource) when { ${applies} };`],
    [`${rule.id} unknown`, `forbid (principal, action, resource) when { ${hangs} };`]
  ]
}

const all = (terms: string[]): string => ['true', ...terms].join(' && ')
const any = (terms: string[]): string => `(${['false', ...terms].join(' || ')})`
const quoted = (values: readonly string[]): string => `[${values.map((v) => JSON.stringify(v)).join(', ')}]`
const known = (has: string, yes: string): Term => ({ yes: `(${has} && ${yes})`, unknown: `!(${has})` })
const inRoles = (roles: readonly string[]): string => any(roles.map((r) => `principal in Role::${JSON.stringify(r)}`))

function termsOf (rule: PolicyRule, policy: PolicyDocument): Term[] {
  return [
    ...(rule.roles === undefined ? [] : [known('principal has role', inRoles(rule.roles))]),
    ...(rule.organizations === undefined ? [] : [inNodes(rule.organizations, policy.organizations)]),
    ...(rule.departments === undefined ? [] : [known('principal has department', `${quoted(rule.departments)}.contains(principal.department)`)]),
    ...(rule.actions === undefined ? [] : [known('true', any(rule.actions.map((a) => `action == Action::${JSON.stringify(a)}`)))]),
    ...(rule.purposes === undefined ? [] : [known('true', `${quoted(rule.purposes)}.contains(context.purpose)`)]),
    ...(rule.levels === undefined ? [] : [known('resource has level', `${quoted(rule.levels)}.contains(resource.level)`)]),
    ...(rule.mediaClasses === undefined ? [] : [known('resource has media', `${quoted(rule.mediaClasses)}.contains(resource.media)`)]),
    ...(rule.conditions ?? []).map((c) => {
      const [values, not] = 'anyOf' in c ? [c.anyOf, ''] : [c.noneOf, '!']
      if (c.attribute === 'organization') return known('true', `${not}(${quoted(values)}.contains(principal.mspId))`)
      if (c.attribute === 'role') return known('principal has role', `${not}(${inRoles(values)})`)
      return known('principal has department', `${not}(${quoted(values)}.contains(principal.department))`)
    })
  ]
}

function inNodes (ids: readonly string[], nodes: readonly PolicyOrganization[]): Term {
  const hospitals = ids.flatMap((id) => nodes.some((n) => n.id === id && n.kind === 'department') ? [hospitalAbove(id, nodes)] : [])
  const yes = any(ids.map((id) => `principal in Node::${JSON.stringify(id)}`))
  return { yes, unknown: `(!(principal has department) && ${quoted(hospitals)}.contains(principal.mspId) && !(${yes}))` }
}

function hospitalAbove (id: string, nodes: readonly PolicyOrganization[]): string {
  const node = nodes.find((n) => n.id === id)
  if (node === undefined) throw new Error(`no node ${id}`)
  return node.kind === 'department' ? hospitalAbove(node.parent, nodes) : node.mspId
}

interface Entity { uid: { type: string, id: string }, attrs: Record<string, string>, parents: { type: string, id: string }[] }
const entity = (type: string, id: string, parents: Entity['parents'], attrs: Entity['attrs'] = {}): Entity => ({ uid: { type, id }, attrs, parents })

function entitiesOf (policy: PolicyDocument, { mspId, role, department, action }: Asking, record?: Asked['records'][number]): Entity[] {
  const home = policy.organizations.find((o) => o.kind === 'department' && o.department === department && hospitalAbove(o.id, policy.organizations) === mspId) ??
    policy.organizations.find((o) => o.kind !== 'department' && o.mspId === mspId)
  const person = entity(
    'Person', 'p',
    [...(role === undefined ? [] : [{ type: 'Role', id: role }]), ...(home === undefined ? [] : [{ type: 'Node', id: home.id }])],
    { mspId, ...(role !== undefined && { role }), ...(department !== undefined && { department }) }
  )
  return [
    person,
    ...policy.roles.map((r) => entity('Role', r.id, r.parents.map((id) => ({ type: 'Role', id })))),
    ...policy.organizations.map((o) => entity('Node', o.id, 'parent' in o ? [{ type: 'Node', id: o.parent }] : [])),
    // A compartment has records of all media classes, and says none.
    entity('Record', 'r', [], record === undefined ? {} : { level: record.level, ...(action !== 'search' && { media: record.mediaClass }) })
  ]
}

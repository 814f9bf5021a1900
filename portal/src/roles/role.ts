import type { ComponentType } from 'react'
import type { MessageId, WordsName } from '../i18n/languages.ts'

/** One page of a role, at a path as wouter reads it. Those with a title are in the menu, in the order of their list. */
export interface PageOfRole {
  path: string
  title?: MessageId
  /** Words beside those that everybody has, loaded with the page. */
  words?: readonly WordsName[]
  /** `lazy(() => import(…))`. Parameters of the path come by wouter's `useParams`. */
  Shown: ComponentType
}

/** What the frame shows somebody of a role: the default export of `pages/ROLE/role.ts`. */
export interface RolePages {
  /** The page that `/` leads to. */
  home: string
  /** Words that the menu and all pages of the role say. */
  words?: readonly WordsName[]
  pages: readonly PageOfRole[]
  /** Stands above every page, as what is new. It may show nothing. */
  Above?: ComponentType
}

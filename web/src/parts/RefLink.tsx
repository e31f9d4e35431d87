import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Ref } from '@/api/types'
import { useWords } from '@/words/useWords'

/** Where each kind of record has its page; kinds without a page open their chain. */
const pages: Record<string, string> = {
  signal: '/signals',
  proposal: '/proposals',
  directive: '/directives',
  area: '/places',
  entry: '/journal',
  figure: '/figures',
  pack: '/packs',
  indicator: '/indicators',
}

/** Kinds that have a chain of evidence and no page of their own. */
const chained = new Set(['event', 'level', 'notice', 'batch'])

/** pathOf is the address of a record's page. */
export const pathOf = (ref: Ref) => {
  const page = pages[ref.kind]
  return page ? `${page}/${encodeURIComponent(ref.id)}` : chainOf(ref)
}

/** chainOf is the address of the evidence chain behind a record. */
export const chainOf = (ref: Ref) => `/chain/${ref.kind}/${encodeURIComponent(ref.id)}`

/** shortID is the end of an identifier: its start is only the time. */
export const shortID = (id: string) => (id.length === 36 ? id.slice(-6) : id)

/** RefLink leads to a record; one that can only be named is named. */
export function RefLink({ to, children }: { to: Ref; children?: ReactNode }) {
  const name = children ?? <span className="mono">{to.kind}/{shortID(to.id)}</span>
  return pages[to.kind] || chained.has(to.kind) ? <Link to={pathOf(to) as string}>{name}</Link> : <>{name}</>
}

/** ChainLink leads to the evidence behind a record, back to the counts. */
export function ChainLink({ of }: { of: Ref }) {
  const say = useWords()
  return <Link to={chainOf(of) as string}>{say('ui.chain.open')}</Link>
}

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Ref } from '@/api/types'

/** Where each kind of record has its page; kinds without a page open their chain. */
const pages: Record<string, string> = {
  signal: '/signals',
  proposal: '/proposals',
  directive: '/directives',
  area: '/places',
  entry: '/journal',
  figure: '/figures',
}

/** pathOf is the address of a record's page. */
export const pathOf = (ref: Ref) => {
  const page = pages[ref.kind]
  return page ? `${page}/${encodeURIComponent(ref.id)}` : `/chain/${ref.kind}/${encodeURIComponent(ref.id)}`
}

/** shortID is the end of an identifier: its start is only the time. */
export const shortID = (id: string) => (id.length === 36 ? id.slice(-6) : id)

/** RefLink leads to a record. */
export function RefLink({ to, children }: { to: Ref; children?: ReactNode }) {
  return <Link to={pathOf(to) as string}>{children ?? <span className="mono">{to.kind}/{shortID(to.id)}</span>}</Link>
}

// The places to go, in the order of the loop: what is, what came, what to
// decide, what to do, what lies under it.

import {
  IconBook2,
  IconBuildingCommunity,
  IconCalendarUser,
  IconChartHistogram,
  IconChecklist,
  IconClipboardList,
  IconClipboardPlus,
  IconDoorEnter,
  IconGavel,
  IconLayoutDashboard,
  IconMap2,
  IconMathFunction,
  IconMessageReport,
  IconRadar2,
  IconScale,
  IconShieldCheck,
  IconTargetArrow,
  IconUsers,
  IconWaveSine,
  type Icon,
} from '@tabler/icons-react'
import type { SignedIn } from '@/api/types'
import type { UiKey } from '@/words/useWords'

export interface Destination {
  to: string
  label: UiKey
  icon: Icon
  /** The right without which the page has nothing to show. */
  right: string
  /** Among the four on a phone's bar. */
  first?: boolean
  /** The page with which users begin who may not see the situation. */
  home?: boolean
  /** Only for those who report for a source. */
  ofSource?: boolean
  /** Only where the server keeps visits. */
  ofVisits?: boolean
}

export const destinations: Destination[] = [
  { to: '/', label: 'ui.nav.situation', icon: IconLayoutDashboard, right: 'figure.read', first: true },
  { to: '/signals', label: 'ui.nav.signals', icon: IconRadar2, right: 'signal.read', first: true },
  { to: '/proposals', label: 'ui.nav.proposals', icon: IconGavel, right: 'proposal.read', first: true },
  { to: '/directives', label: 'ui.nav.directives', icon: IconClipboardList, right: 'directive.read', first: true },
  { to: '/indicators', label: 'ui.nav.indicators', icon: IconWaveSine, right: 'counts.read' },
  { to: '/clusters', label: 'ui.nav.clusters', icon: IconMap2, right: 'counts.read' },
  { to: '/course', label: 'ui.nav.course', icon: IconChartHistogram, right: 'counts.read' },
  { to: '/scores', label: 'ui.nav.scores', icon: IconTargetArrow, right: 'signal.read' },
  { to: '/places', label: 'ui.nav.places', icon: IconBuildingCommunity, right: 'place.read' },
  { to: '/quality', label: 'ui.nav.quality', icon: IconChecklist, right: 'counts.read' },
  { to: '/notices/new', label: 'ui.nav.notice', icon: IconMessageReport, right: 'notice.write' },
  { to: '/report', label: 'ui.nav.report', icon: IconClipboardPlus, right: 'counts.report', first: true, home: true, ofSource: true },
  { to: '/visits', label: 'ui.nav.visits', icon: IconDoorEnter, right: 'place.read', ofVisits: true },
  { to: '/duty', label: 'ui.nav.duty', icon: IconCalendarUser, right: 'duty.read' },
  { to: '/packs', label: 'ui.nav.packs', icon: IconScale, right: 'pack.read' },
  { to: '/figures', label: 'ui.nav.figures', icon: IconMathFunction, right: 'figure.read' },
  { to: '/journal', label: 'ui.nav.journal', icon: IconBook2, right: 'journal.read' },
  { to: '/fsck', label: 'ui.nav.fsck', icon: IconShieldCheck, right: 'journal.check' },
  { to: '/users', label: 'ui.nav.users', icon: IconUsers, right: 'user.manage', home: true },
]

/** destinationsOf lists the pages that have something for a user. */
export const destinationsOf = ({ rights, user, visits }: SignedIn) =>
  destinations.filter((d) => rights.includes(d.right) && (!d.ofSource || user.source) && (!d.ofVisits || visits))

/** homeOf is where a user begins: the situation, or the first page that has something for them. */
export const homeOf = (session: SignedIn) => destinationsOf(session).find((d) => d.to === '/' || d.home)?.to ?? '/places'

/** titleOf names the page of a path by the destination that it lies under. */
export const titleOf = (path: string): UiKey | undefined =>
  destinations.filter((d) => path === d.to || (d.to !== '/' && path.startsWith(`${d.to}/`))).at(-1)?.label

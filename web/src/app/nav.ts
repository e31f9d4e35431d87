// The places to go, in the order of the loop: what is, what came, what to
// decide, what to do, what lies under it.

import {
  IconBuildingCommunity,
  IconChecklist,
  IconClipboardPlus,
  IconLayoutDashboard,
  IconMessageReport,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { UiKey } from '@/words/useWords'

export interface Destination {
  to: string
  label: UiKey
  icon: Icon
  /** The right without which the page has nothing to show. */
  right: string
  /** Among the four on a phone's bar. */
  first?: boolean
}

export const destinations: Destination[] = [
  { to: '/', label: 'ui.nav.situation', icon: IconLayoutDashboard, right: 'figure.read', first: true },
  { to: '/places', label: 'ui.nav.places', icon: IconBuildingCommunity, right: 'place.read' },
  { to: '/quality', label: 'ui.nav.quality', icon: IconChecklist, right: 'counts.read' },
  { to: '/notices/new', label: 'ui.nav.notice', icon: IconMessageReport, right: 'notice.write' },
  { to: '/report', label: 'ui.nav.report', icon: IconClipboardPlus, right: 'counts.report', first: true },
  { to: '/users', label: 'ui.nav.users', icon: IconUsers, right: 'user.manage' },
]


// The places to go, in the order of the loop: what is, what came, what to
// decide, what to do, what lies under it.

import {
  IconBuildingCommunity,
  IconLayoutDashboard,
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
]


import { Link } from '@tanstack/react-router'
import { EmptyState } from '@/parts/states'
import { useWords } from '@/words/useWords'

/** Missing stands where an address leads nowhere. */
export function Missing() {
  const say = useWords()
  return <EmptyState title={say('ui.missing')}><Link to="/">{say('ui.nav.situation')}</Link></EmptyState>
}

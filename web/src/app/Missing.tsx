import { Link } from '@tanstack/react-router'
import { PageHead } from '@/parts/PageHead'
import { useWords } from '@/words/useWords'

/** Missing stands where an address leads nowhere. */
export function Missing() {
  const say = useWords()
  return <PageHead title={say('ui.missing')}><Link to="/">{say('ui.nav.situation')}</Link></PageHead>
}

import { Link } from '@tanstack/react-router'
import { useWords } from '@/words/useWords'
import type { Destination } from './nav'
import css from './Nav.module.css'

/** Nav is the way to the pages on a wide screen. */
export function Nav({ mine }: { mine: Destination[] }) {
  const say = useWords()
  return (
    <nav className={css.nav} aria-label={say('ui.nav.label')}>
      {mine.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to as string} className={css.link} activeOptions={{ exact: to === '/' }}>
          <Icon size={17} stroke={1.5} aria-hidden="true" /> {say(label)}
        </Link>
      ))}
    </nav>
  )
}

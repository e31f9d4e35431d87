import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import { Mark } from '@/app/Mark'
import { OfflineBadge } from '@/parts/OfflineBadge'
import { useFormat } from '@/words/useFormat'
import { useText } from '@/words/useWords'
import css from './WallHead.module.css'

/** WallHead tops the view for the command room's wall: nothing to press, the time in large. */
export function WallHead() {
  const text = useText()
  const f = useFormat()
  const now = useNow()
  const { city } = useCity()
  return (
    <header className={css.head}>
      <Mark /> <h1>{text(city.names)}</h1> <OfflineBadge />
      <time dateTime={now}>{f.day(f.dayOf(now))} <b>{f.time(now)}</b></time>
    </header>
  )
}

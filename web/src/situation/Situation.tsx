import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import { Asked } from '@/parts/Asked'
import { DirectiveLine } from '@/parts/DirectiveLine'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { Timeline } from '@/parts/Timeline'
import { useStatus } from '@/state/status'
import { addDays } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { CurvePanel } from './CurvePanel'
import { InboxPanel } from './InboxPanel'
import { MapPanel } from './MapPanel'
import { openDirectivesQuery, situationQuery, timelineQuery } from './queries'
import { Strip } from './Strip'
import { WallHead } from './WallHead'
import css from './Situation.module.css'

/** Situation is what the command sees first: numbers, curve, map, and what waits to be done. */
export default function Situation() {
  const say = useWords()
  const status = useStatus()
  const { city } = useCity()
  const wall = useSearch({ strict: false, select: (s) => s.wall ?? false })
  const [area, setArea] = useState(city.root)
  const situation = useQuery(situationQuery(status))
  const map = (
    <Asked query={situation}>
      {(s) => <MapPanel levels={s.levels} selected={area} onSelect={(code) => setArea(code === area ? city.root : code)} />}
    </Asked>
  )
  return (
    <div className={wall ? css.wall : css.page}>
      {wall ? <WallHead /> : (
        <div className={css.head}>
          <h1>{say('ui.situation.title')}</h1>
          <Link to="/" search={{ wall: true }} className="no-print">{say('ui.situation.wall')}</Link>
        </div>
      )}
      <Asked query={situation} rows={2}>{(s) => <Strip situation={s} />}</Asked>
      <div className={css.columns}>
        <div className={css.column}>
          <CurvePanel area={area} onWholeCity={() => setArea(city.root)} height={200} />
          {wall ? <History /> : map}
        </div>
        {wall && <div className={css.column}>{map}</div>}
        <div className={css.column}>
          <InboxPanel />
          <OpenDirectives />
          {!wall && <History />}
        </div>
      </div>
    </div>
  )
}

function OpenDirectives() {
  const say = useWords()
  const directives = useQuery(openDirectivesQuery(useStatus()))
  return (
    <Panel title={say('ui.situation.directives')} flush>
      <Asked query={directives}>
        {({ items }) => items.length === 0
          ? <EmptyState title={say('ui.situation.directives.empty')} />
          : <ul className={css.lines}>{items.map((d) => <li key={d.id}><DirectiveLine directive={d} /></li>)}</ul>}
      </Asked>
    </Panel>
  )
}

function History() {
  const say = useWords()
  const f = useFormat()
  const today = f.dayOf(useNow())
  const timeline = useQuery(timelineQuery({ from: addDays(today, -42), to: today }))
  return (
    <Panel title={say('ui.timeline.short')} flush>
      <Asked query={timeline}>
        {({ items }) => items.length === 0
          ? <EmptyState title={say('ui.timeline.empty')} />
          : <div className={css.scroll} tabIndex={0} role="region" aria-label={say('ui.timeline.title')}><Timeline items={items} /></div>}
      </Asked>
    </Panel>
  )
}

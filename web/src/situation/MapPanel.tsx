import { useQueries, useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { boundariesQuery, useNow } from '@/api/queries'
import type { LevelNow } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { LevelTag } from '@/parts/tags'
import { TileMap, type MapArea } from '@/parts/TileMap'
import { useStatus } from '@/state/status'
import { addDays } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { byHeight, levelOf, worstWithin } from './levels'
import { figureQuery } from './queries'
import css from './MapPanel.module.css'

interface Props {
  levels: LevelNow[]
  selected: string
  onSelect: (code: string) => void
}

/** MapPanel shows the districts with their levels, and the list of all raised levels. */
export function MapPanel({ levels, selected, onSelect }: Props) {
  const say = useWords()
  const text = useText()
  const { city } = useCity()
  const areas = useMapAreas(levels)
  const { data: boundaries } = useQuery({ ...boundariesQuery, enabled: city.has_boundaries })
  return (
    <Panel title={say('ui.situation.map')} note={!city.has_boundaries && say('ui.situation.schematic')}>
      <div className={css.body}>
        <TileMap label={say('ui.situation.map')} areas={areas} boundaries={boundaries} selected={selected} onSelect={onSelect} />
        <Raised levels={levels} />
      </div>
      {city.notes.map((n) => <p key={n.id} className={css.basis}>{text(n.text)}</p>)}
    </Panel>
  )
}

/** useMapAreas joins districts, levels and the new cases of two weeks. */
function useMapAreas(levels: LevelNow[]): MapArea[] {
  const say = useWords()
  const f = useFormat()
  const status = useStatus()
  const { city, children, path, areaName } = useCity()
  const today = f.dayOf(useNow())
  const districts = children(city.root)
  const cases = useQueries({
    queries: districts.map((d) => figureQuery('cases.confirmed.new', { area: d.code, from: addDays(today, -13), to: today, status })),
  })
  return districts.map((area, i) => {
    const worst = worstWithin(area, levels, path)
    const answer = cases[i]?.data
    const n = answer && !answer.absent && answer.value > 0 ? f.number(answer.value) : undefined
    return {
      area,
      level: levelOf(area.code, levels, path),
      within: worst && { name: areaName(worst.area), level: worst.level },
      note: n && say('ui.situation.cases14', { n }) + (answer?.reconstructed ? ' ◇' : ''),
    }
  })
}

function Raised({ levels }: { levels: LevelNow[] }) {
  const say = useWords()
  const f = useFormat()
  const { areaName, path, city } = useCity()
  const raised = levels.filter((l) => l.level !== 'low').sort(byHeight)
  const within = (code: string) => path(code).filter((a) => a.code !== city.root && a.code !== code).map((a) => areaName(a.code)).join(' · ')
  if (raised.length === 0) return <p className={css.none}>{say('ui.situation.allLow')}</p>
  return (
    <ul className={css.levels}>
      {raised.map((l) => (
        <li key={l.area}>
          <LevelTag level={l.level} />
          <span className={css.where}>
            <RefLink to={{ kind: 'area', id: l.area }}>{areaName(l.area)}</RefLink>
            <span className="ink-3"> {within(l.area)}</span>
          </span>
          <span className={css.since}>
            {say('ui.situation.since', { day: f.dayShort(f.dayOf(l.from)) })} · {say('ui.situation.review', { day: f.dayShort(l.review) })}
            {l.proposal && <> · <RefLink to={{ kind: 'proposal', id: l.proposal }}>{say('ui.situation.whyLevel')}</RefLink></>}
          </span>
        </li>
      ))}
    </ul>
  )
}

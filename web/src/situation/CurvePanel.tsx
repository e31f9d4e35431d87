import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import { Asked } from '@/parts/Asked'
import { Panel } from '@/parts/Panel'
import { EmptyState, Skeleton } from '@/parts/states'
import { useStatus } from '@/state/status'
import { addDays } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { curveQuery } from './queries'

const EpiCurve = lazy(() => import('@/parts/EpiCurve').then((m) => ({ default: m.EpiCurve })))

/** daysShown is how far back the curve reaches: six weeks. */
const daysShown = 42

interface Props {
  area: string
  /** Leads back to the whole city, where the area was chosen on this page. */
  onWholeCity?: () => void
  height: number
}

/** CurvePanel is the epidemic curve of a stream in the selected area. */
export function CurvePanel({ area, onWholeCity, height }: Props) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const status = useStatus()
  const { city, areaName, streamName } = useCity()
  const [stream, setStream] = useState(city.streams[0]?.id ?? '')
  const today = f.dayOf(useNow())
  const curve = useQuery({
    ...curveQuery({ stream, area, from: addDays(today, -daysShown), to: today, status }),
    placeholderData: keepPreviousData,
  })
  const label = `${streamName(stream)}, ${areaName(area)}`
  return (
    <Panel
      title={say('ui.situation.curve')}
      note={<span>{areaName(area)}</span>}
      tools={
        <>
          {onWholeCity && area !== city.root && <button type="button" className="link" onClick={onWholeCity}>{say('ui.situation.wholeCity')}</button>}
          <NativeSelect size="xs" aria-label={say('ui.situation.stream')} value={stream} onChange={(e) => setStream(e.currentTarget.value)}
            data={city.streams.map((s) => ({ value: s.id, label: text(s.names) }))} />
        </>
      }
    >
      <Asked query={curve} rows={6}>
        {({ points, indicator }) => points.length === 0
          ? <EmptyState title={say('ui.situation.curve.empty')} />
          : <Suspense fallback={<Skeleton rows={6} />}><EpiCurve label={label} points={points} today={today} height={height} judgedBy={indicator ?? ''} /></Suspense>}
      </Asked>
    </Panel>
  )
}

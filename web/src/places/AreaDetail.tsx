import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useCity } from '@/api/city'
import { useCan } from '@/api/queries'
import type { Area } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { BasisNote, LevelTag } from '@/parts/tags'
import { CurvePanel } from '@/situation/CurvePanel'
import { levelOf } from '@/situation/levels'
import { useStatus } from '@/state/status'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { levelsQuery } from './queries'
import css from './Places.module.css'

/** AreaDetail is one area: what it is, which level it has and since when, its curve, and who answers for it. */
export function AreaDetail({ code }: { code: string }) {
  const say = useWords()
  const text = useText()
  const can = useCan()
  const { area: find } = useCity()
  const area = find(code)
  if (!area) return <Panel title={code}><EmptyState title={say('ui.places.unknown')} /></Panel>
  return (
    <div className={css.detail}>
      <Panel title={text(area.names)} note={say(`ui.area.${area.kind}`)}><Facts area={area} /></Panel>
      {can('counts.read') && <CurvePanel area={code} height={150} />}
      <Answerable code={code} />
    </div>
  )
}

function Facts({ area }: { area: Area }) {
  const say = useWords()
  const f = useFormat()
  const text = useText()
  const { path } = useCity()
  return (
    <dl className={css.facts}>
      <dt>{say('ui.places.within')}</dt>
      <dd className={css.path}>
        {path(area.code).slice(0, -1).map((a, i) => (
          <Fragment key={a.code}>{i > 0 && ' › '}<Link to="/places/$code" params={{ code: a.code }}>{text(a.names)}</Link></Fragment>
        ))}
        {area.parent ? '' : noValue}
      </dd>
      <LevelFact code={area.code} />
      <dt>{say('ui.places.setting')}</dt><dd>{say(`ui.setting.${area.setting}`)}</dd>
      <dt>{say('ui.places.population')}</dt><dd>{area.population > 0 ? f.number(area.population) : noValue}</dd>
      <dt>{say('ui.places.code')}</dt><dd className="mono">{area.code}</dd>
      <dt>{say('ui.places.basis')}</dt><dd><BasisNote basis={area.basis} /> {area.basis === 'reconstructed' && <span className="ink-3">{say('ui.places.basis.area')}</span>}</dd>
    </dl>
  )
}

function LevelFact({ code }: { code: string }) {
  const say = useWords()
  const f = useFormat()
  const can = useCan()
  const { path, areaName } = useCity()
  const { data } = useQuery({ ...levelsQuery(useStatus()), enabled: can('proposal.read') })
  if (!data) return null
  const from = path(code).reverse().map((a) => data.items.find((l) => l.area === a.code)).find((l) => l !== undefined)
  return (
    <>
      <dt>{say('ui.places.level')}</dt>
      <dd>
        <LevelTag level={levelOf(code, data.items, path)} />{' '}
        {from && (
          <span className="ink-3">
            {from.area !== code && <>{say('ui.places.levelFrom', { area: areaName(from.area) })} · </>}
            {say('ui.situation.since', { day: f.dayShort(f.dayOf(from.from)) })} · {say('ui.situation.review', { day: f.dayShort(from.review) })} ·{' '}
            <RefLink to={{ kind: 'proposal', id: from.proposal }}>{say('ui.situation.whyLevel')}</RefLink>
          </span>
        )}
      </dd>
    </>
  )
}

/** Answerable lists the posts that directives for this area go to, and the sources that report from it. */
function Answerable({ code }: { code: string }) {
  const say = useWords()
  const text = useText()
  const { city, postName, organisationName, streamName } = useCity()
  const posts = city.posts.filter((p) => p.area === code)
  const sources = city.sources.filter((s) => s.area === code)
  if (posts.length + sources.length === 0) return null
  return (
    <Panel title={say('ui.places.answerable')} flush>
      <ul className={css.list}>
        {posts.map((p) => (
          <li key={p.code}>
            <b>{text(p.names)}</b> <span className="ink-2">{organisationName(p.organisation)}</span>
            {p.next && <div className="ink-3">{say('ui.places.next', { post: postName(p.next) })}</div>}
          </li>
        ))}
        {sources.map((s) => (
          <li key={s.id}>
            <b>{text(s.names)}</b> <span className="ink-2">{say('ui.places.reports', { streams: s.streams.map(streamName).join(', ') || noValue })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

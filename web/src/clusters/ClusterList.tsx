import { useCity } from '@/api/city'
import type { Cluster, ClusterMap } from '@/api/types'
import { Facts } from '@/parts/Facts'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { beyond } from './belongs'
import css from './Clusters.module.css'

/** ClusterList tells each cluster in numbers, the least likely by chance first. */
export function ClusterList({ found }: { found: ClusterMap }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel title={say('ui.clusters.found')} note={f.number(found.clusters.length)} flush>
      {found.clusters.length === 0
        ? <EmptyState title={say(found.places.length < 2 ? 'ui.clusters.few' : 'ui.clusters.none')} />
        : <ol className={css.clusters}>{found.clusters.map((c, i) => <One key={i} n={i + 1} cluster={c} simulations={found.simulations} />)}</ol>}
      {found.zones > 0 && <p className={css.left}>{say('ui.clusters.search', { zones: f.number(found.zones), n: f.number(found.simulations) })}</p>}
    </Panel>
  )
}

function One({ n, cluster: c, simulations }: { n: number; cluster: Cluster; simulations: number }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  const least = 1 / (simulations + 1)
  const p = c.p_value
  const small = (x: number) => (x < 0.001 ? x.toExponential(1) : f.number(x, 3))
  return (
    <li className={css.cluster}>
      <div className="row">
        <b className={css.number} data-beyond={beyond(c) || undefined}>{n}</b>
        <h3 className={css.where}>{c.areas.map(areaName).join(' · ')}</h3>
        {beyond(c) ? <Tag tone="bad" shape="full">{say('ui.clusters.beyond')}</Tag> : <Tag tone="neutral" shape="empty">{say('ui.clusters.chance')}</Tag>}
      </div>
      <Facts facts={[
        [say('ui.clusters.period'), c.from === c.to ? f.day(c.to) : `${f.dayShort(c.from)} – ${f.dayShort(c.to)}`],
        [say('ui.clusters.observed'), f.number(c.observed)],
        [say('ui.clusters.expected'), f.number(c.expected, 1)],
        [say('ui.clusters.risk'), c.relative_risk === undefined ? noValue : f.number(c.relative_risk, 1)],
        [p !== undefined && p <= least * 1.0001 ? say('ui.clusters.p.least', { p: small(least), n: f.number(simulations) }) : say('ui.clusters.p'), p !== undefined && small(p)],
        [say('ui.clusters.gumbel'), c.gumbel !== undefined && small(c.gumbel)],
      ]} />
      {p !== undefined && p < 1 && <p className="ink-3">{say('ui.clusters.recurrence', { n: f.number(Math.round(1 / p)) })}</p>}
    </li>
  )
}

import { useQuery } from '@tanstack/react-query'
import { geoMercator, geoPath } from 'd3-geo'
import type { Feature, FeatureCollection } from 'geojson'
import { useId, useMemo } from 'react'
import { useCity } from '@/api/city'
import { boundariesQuery } from '@/api/queries'
import type { Area, ClusterMap as Found } from '@/api/types'
import { tile, tileGrid } from '@/parts/tiles'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { belongs, beyond } from './belongs'
import css from './ClusterMap.module.css'

interface Spot {
  area: Area
  name: string
  /** Observed and expected, as words. */
  numbers: string
  observed: number
  /** The cluster that it is part of, from 1. */
  cluster?: number
  beyond: boolean
}

/** ClusterMap draws the scanned areas: outlines where the city has them, tiles or centres otherwise. Number, hatching and colour say the same. */
export function ClusterMap({ found }: { found: Found }) {
  const say = useWords()
  const hatch = useId()
  const { city } = useCity()
  const spots = useSpots(found)
  const { data: boundaries } = useQuery({ ...boundariesQuery, enabled: city.has_boundaries })
  const outlined = boundaries && spots.every((s) => featureOf(boundaries, s.area.code))
  const tiled = spots.every((s) => s.area.tile_x >= 0)
  const Drawn = outlined ? Outlines : tiled ? Tiles : Centres
  return (
    <figure className={css.figure}>
      <Drawn spots={spots} hatch={hatch} boundaries={boundaries} />
      <figcaption className={css.legend}>
        <span className={css.one}>{say('ui.clusters.legend.beyond')}</span>
        <span className={css.other}>{say('ui.clusters.legend.chance')}</span>
        {!outlined && <span className={css.plain}>{say(tiled ? 'ui.clusters.schematic' : 'ui.clusters.centres')}</span>}
      </figcaption>
    </figure>
  )
}

function useSpots(found: Found): Spot[] {
  const f = useFormat()
  const { area, areaName } = useCity()
  return found.places.flatMap((p) => {
    const of = area(p.area)
    const i = belongs(found, p.area)
    const cluster = i === undefined ? undefined : found.clusters[i]
    return of ? [{ area: of, name: areaName(p.area), observed: p.observed, numbers: `${f.number(p.observed)} / ${f.number(p.expected, 1)}`,
      cluster: i === undefined ? undefined : i + 1, beyond: !!cluster && beyond(cluster) }] : []
  })
}

interface Props { spots: Spot[]; hatch: string; boundaries?: FeatureCollection }

function Tiles({ spots, hatch }: Props) {
  const say = useWords()
  const grid = tileGrid(spots.map((s) => s.area))
  return (
    <svg className={css.map} style={{ maxWidth: grid.width * 1.2 }} viewBox={`0 0 ${grid.width} ${grid.height}`} role="img" aria-label={useSaid(spots, say('ui.clusters.map'))}>
      <Hatch id={hatch} />
      {spots.map((s) => {
        const [x, y] = grid.at(s.area)
        return (
          <g key={s.area.code} transform={`translate(${x} ${y})`} {...mark(s)}>
            <rect width={tile.width} height={tile.height} rx="2" className={css.fill} />
            {s.beyond && <rect width={tile.width} height={tile.height} rx="2" fill={`url(#${hatch})`} />}
            <rect x="1" y="1" width={tile.width - 2} height={tile.height - 2} rx="2" className={css.edge} />
            <text x="9" y="21" className={css.name}>{s.name}</text>
            <text x="9" y={tile.height - 10} className={css.numbers}>{s.numbers}</text>
            <Badge spot={s} x={tile.width - 16} y={tile.height - 16} />
          </g>
        )
      })}
    </svg>
  )
}

function Outlines({ spots, hatch, boundaries }: Props) {
  const say = useWords()
  const size = { w: 640, h: 460 }
  const path = useMemo(() => geoPath(geoMercator().fitSize([size.w, size.h], boundaries!)), [boundaries, size.w, size.h])
  return (
    <svg className={css.map} style={{ maxWidth: size.w * 1.2 }} viewBox={`0 0 ${size.w} ${size.h}`} role="img" aria-label={useSaid(spots, say('ui.clusters.map'))}>
      <Hatch id={hatch} />
      {spots.map((s) => {
        const feature = featureOf(boundaries!, s.area.code)!
        const d = path(feature) ?? ''
        const [x, y] = path.centroid(feature)
        return (
          <g key={s.area.code} {...mark(s)}>
            <path d={d} className={css.fill} />
            {s.beyond && <path d={d} fill={`url(#${hatch})`} />}
            <path d={d} className={css.edge} />
            <text x={x} y={y} textAnchor="middle" className={css.name}>{s.name}</text>
            <text x={x} y={y + 16} textAnchor="middle" className={css.numbers}>{s.numbers}</text>
            <Badge spot={s} x={x} y={y - 24} />
          </g>
        )
      })}
    </svg>
  )
}

function Centres({ spots, hatch }: Props) {
  const say = useWords()
  const size = { w: 640, h: 420, edge: 60 }
  const points = useMemo(() => ({ type: 'MultiPoint' as const, coordinates: spots.map((s) => [s.area.lon, s.area.lat]) }), [spots])
  const project = useMemo(() => geoMercator().fitExtent([[size.edge, size.edge], [size.w - size.edge, size.h - size.edge]], points), [points, size.edge, size.w, size.h])
  const most = Math.max(1, ...spots.map((s) => s.observed))
  return (
    <svg className={css.map} style={{ maxWidth: size.w * 1.2 }} viewBox={`0 0 ${size.w} ${size.h}`} role="img" aria-label={useSaid(spots, say('ui.clusters.map'))}>
      <Hatch id={hatch} />
      {spots.map((s) => {
        const [x, y] = project([s.area.lon, s.area.lat]) ?? [0, 0]
        const r = 6 + 18 * Math.sqrt(s.observed / most)
        return (
          <g key={s.area.code} transform={`translate(${x} ${y})`} {...mark(s)}>
            <circle r={r} className={css.fill} />
            {s.beyond && <circle r={r} fill={`url(#${hatch})`} />}
            <circle r={r} className={css.edge} />
            <text y={r + 14} textAnchor="middle" className={css.name}>{s.name}</text>
            <text y={r + 29} textAnchor="middle" className={css.numbers}>{s.numbers}</text>
            <Badge spot={s} x={r + 4} y={-r} />
          </g>
        )
      })}
    </svg>
  )
}

function Badge({ spot, x, y }: { spot: Spot; x: number; y: number }) {
  if (spot.cluster === undefined) return null
  return (
    <g transform={`translate(${x} ${y})`} className={css.badge}>
      <circle r="10" />
      <text y="4" textAnchor="middle">{spot.cluster}</text>
    </g>
  )
}

const mark = (s: Spot) => ({ className: css.spot, 'data-in': s.cluster === undefined ? undefined : s.beyond ? 'beyond' : 'chance' })

/** useSaid tells the map to those who hear it. */
function useSaid(spots: Spot[], map: string) {
  const say = useWords()
  return `${map}: ${spots.map((s) => [s.name, s.numbers, s.cluster && say('ui.clusters.one', { n: s.cluster })].filter(Boolean).join(' ')).join('; ')}`
}

const featureOf = (boundaries: FeatureCollection, code: string): Feature | undefined =>
  boundaries.features.find((f) => String(f.id ?? f.properties?.code ?? f.properties?.adcode ?? '') === code)

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="5" className={css.hatch} />
      </pattern>
    </defs>
  )
}

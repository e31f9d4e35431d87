import { geoMercator, geoPath } from 'd3-geo'
import type { FeatureCollection } from 'geojson'
import { useId, useMemo } from 'react'
import type { Area, Level } from '@/api/types'
import { textIn, useWords } from '@/words/useWords'
import { useLang } from '@/state/lang'
import { tile, tileGrid } from './tiles'
import css from './TileMap.module.css'

export interface MapArea {
  area: Area
  level: Level
  /** What stands under the name, e.g. the cases of the last 14 days. */
  note?: string
  /** A smaller area within holds a higher level. */
  within?: { name: string; level: Level }
}

interface Props {
  label: string
  areas: MapArea[]
  /** Real outlines, where the city has its own; schematic tiles otherwise. */
  boundaries?: FeatureCollection
  selected?: string
  onSelect: (code: string) => void
}

/** TileMap shows levels by area: tone, hatching and words say the same. */
export function TileMap(props: Props) {
  const hatch = useId()
  return props.boundaries
    ? <Outlines {...props} boundaries={props.boundaries} hatch={hatch} />
    : <Tiles {...props} hatch={hatch} />
}

function Tiles({ label, areas, selected, onSelect, hatch }: Props & { hatch: string }) {
  const byCode = new Map(areas.map((a) => [a.area.code, a]))
  const grid = tileGrid(areas.map((a) => a.area))
  return (
    <svg className={css.map} style={{ maxWidth: grid.width * 1.2 }} viewBox={`0 0 ${grid.width} ${grid.height}`} role="group" aria-label={label}>
      <Hatches id={hatch} />
      {grid.placed.map((area) => {
        const [x, y] = grid.at(area)
        return <Spot key={area.code} at={byCode.get(area.code)!} on={area.code === selected} onSelect={onSelect} x={x} y={y} hatch={hatch} />
      })}
    </svg>
  )
}

interface SpotProps { at: MapArea; on: boolean; onSelect: (code: string) => void; x: number; y: number; hatch: string }

function Spot({ at, on, onSelect, x, y, hatch }: SpotProps) {
  const name = textIn(at.area.names, useLang())
  return (
    <g className={css.spot} transform={`translate(${x} ${y})`} data-level={at.level} data-on={on || undefined} {...press(at, undefined, on, onSelect)}>
      <rect width={tile.width} height={tile.height} rx="2" className={css.fill} />
      {at.level !== 'low' && <rect width={tile.width} height={tile.height} rx="2" fill={`url(#${hatch}-${at.level})`} />}
      <rect x="0.75" y="0.75" width={tile.width - 1.5} height={tile.height - 1.5} rx="2" className={css.edge} />
      <text x="9" y="20" className={css.name}>{name}</text>{' '}
      <LevelWords at={at} />
      {at.note && <text x="9" y={tile.height - 7} className={css.note}>{at.note}</text>}
    </g>
  )
}

function LevelWords({ at }: { at: MapArea }) {
  const say = useWords()
  return (
    <>
      <text x="9" y="36" className={css.level}>{say(`ui.level.${at.level}`)}</text>{' '}
      {at.within && (
        <text x="9" y="50" className={css.within} data-level={at.within.level}>▲ {at.within.name}</text>
      )}{' '}
    </>
  )
}

function Outlines({ label, areas, boundaries, selected, onSelect, hatch }: Props & { boundaries: FeatureCollection; hatch: string }) {
  const size = { w: 560, h: 420 }
  const path = useMemo(() => geoPath(geoMercator().fitSize([size.w, size.h], boundaries)), [boundaries, size.w, size.h])
  const byCode = new Map(areas.map((a) => [a.area.code, a]))
  return (
    <svg className={css.map} viewBox={`0 0 ${size.w} ${size.h}`} role="group" aria-label={label}>
      <Hatches id={hatch} />
      {boundaries.features.map((feature, i) => {
        const at = byCode.get(String(feature.id ?? feature.properties?.code ?? feature.properties?.adcode ?? ''))
        const d = path(feature) ?? ''
        return at
          ? <Outline key={i} at={at} d={d} centre={path.centroid(feature)} on={at.area.code === selected} onSelect={onSelect} hatch={hatch} />
          : <path key={i} d={d} className={css.edge} />
      })}
    </svg>
  )
}

interface OutlineProps { at: MapArea; d: string; centre: [number, number]; on: boolean; onSelect: (code: string) => void; hatch: string }

function Outline({ at, d, centre, on, onSelect, hatch }: OutlineProps) {
  const name = textIn(at.area.names, useLang())
  return (
    <g className={css.spot} data-level={at.level} data-on={on || undefined} {...press(at, useLabel(at), on, onSelect)}>
      <path d={d} className={css.fill} />
      {at.level !== 'low' && <path d={d} fill={`url(#${hatch}-${at.level})`} />}
      <path d={d} className={css.edge} />
      <text x={centre[0]} y={centre[1]} textAnchor="middle" className={css.name}>{name}</text>
    </g>
  )
}

function useLabel({ area, level, note, within }: MapArea) {
  const say = useWords()
  const lang = useLang()
  // In the order of the words on the tile, so that the name holds what is seen.
  const inner = within && say(`ui.level.${within.level}`)
  return [textIn(area.names, lang), say(`ui.level.${level}`), within?.name, note, inner].filter(Boolean).join(', ')
}

const press = (at: MapArea, label: string | undefined, on: boolean, onSelect: (code: string) => void) => ({
  role: 'button',
  tabIndex: 0,
  'aria-label': label,
  'aria-pressed': on,
  onClick: () => onSelect(at.area.code),
  onKeyDown: (e: React.KeyboardEvent) => {
    if (e.key !== 'Enter' && e.key !== ' ') return
    e.preventDefault()
    onSelect(at.area.code)
  },
})

/** Hatching tells medium from high without colour. */
function Hatches({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-medium`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v8" className={css.hatchMedium} />
      </pattern>
      <pattern id={`${id}-high`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v5M0 0h5" className={css.hatchHigh} />
      </pattern>
    </defs>
  )
}

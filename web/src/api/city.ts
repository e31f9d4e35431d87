// The city as a dictionary: names of areas, posts, sources and streams in the
// reader's language, and which area lies within which.

import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLang } from '@/state/lang'
import { grouped } from './group'
import { cityQuery } from './queries'
import type { Area, CityFacts, Lang, Text } from './types'

export interface Gazetteer {
  city: CityFacts
  root: Area | undefined
  area: (code: string) => Area | undefined
  /** areaName gives the name, and the code itself for an area that is not known. */
  areaName: (code: string) => string
  /** path lists the areas from the city down to this one. */
  path: (code: string) => Area[]
  children: (code: string) => Area[]
  postName: (code: string) => string
  sourceName: (id: string) => string
  streamName: (id: string) => string
  organisationName: (code: string) => string
  indicatorName: (id: string) => string
}

/** gazetteer builds the dictionary of a city for a language. */
export function gazetteer(city: CityFacts, lang: Lang): Gazetteer {
  const areas = new Map(city.areas.map((a) => [a.code, a]))
  const inside = grouped(city.areas, (a) => a.parent ?? '')
  const names = (list: { names: Text }[], id: (x: never) => string) =>
    new Map(list.map((x) => [id(x as never), x.names[lang]]))
  const posts = names(city.posts, (p: { code: string }) => p.code)
  const sources = names(city.sources, (s: { id: string }) => s.id)
  const streams = names(city.streams, (s: { id: string }) => s.id)
  const organisations = names(city.organisations, (o: { code: string }) => o.code)
  const indicators = names(city.indicators, (i: { id: string }) => i.id)
  const path = (code: string): Area[] => {
    const here = areas.get(code)
    return here ? [...(here.parent ? path(here.parent) : []), here] : []
  }
  return {
    city,
    root: areas.get(city.root),
    area: (code) => areas.get(code),
    areaName: (code) => areas.get(code)?.names[lang] ?? code,
    path,
    children: (code) => inside.get(code) ?? [],
    postName: (code) => posts.get(code) ?? code,
    sourceName: (id) => sources.get(id) ?? id,
    streamName: (id) => streams.get(id) ?? id,
    organisationName: (code) => organisations.get(code) ?? code,
    indicatorName: (id) => indicators.get(id) ?? id,
  }
}

/** useCity returns the dictionary in the reader's language. */
export function useCity(): Gazetteer {
  const { data } = useSuspenseQuery(cityQuery)
  const lang = useLang()
  return useMemo(() => gazetteer(data, lang), [data, lang])
}

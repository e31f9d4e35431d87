import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { cityQuery } from '@/api/queries'
import { useLang } from '@/state/lang'
import { format, type Format } from './format'

/** useFormat returns the formats of the reader's language in the city's time zone; UTC until the city is known. */
export function useFormat(): Format {
  const lang = useLang()
  const { data: zone } = useQuery({ ...cityQuery, enabled: false, select: (city) => city.timezone })
  return useMemo(() => format(lang, zone ?? 'UTC'), [lang, zone])
}

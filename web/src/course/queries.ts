// What the page of a course asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

export interface CourseQuestion {
  stream: string
  area: string
  day: string
  interval_mean: number
  interval_sd: number
  status: Status
}

export const courseQuery = (q: CourseQuestion) =>
  queryOptions({ queryKey: ['counts', 'course', q], queryFn: () => answer(api.GET('/v1/course', { params: { query: q } })) })

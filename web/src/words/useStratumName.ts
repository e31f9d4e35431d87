import { useWords } from './useWords'

const strata = {
  'setting:urban': 'ui.setting.urban', 'setting:fringe': 'ui.setting.fringe', 'setting:rural': 'ui.setting.rural',
  'source-kind:health_commission': 'ui.sourceKind.health_commission', 'source-kind:clinic': 'ui.sourceKind.clinic',
  'source-kind:laboratory': 'ui.sourceKind.laboratory', 'source-kind:school': 'ui.sourceKind.school',
  'source-kind:pharmacy': 'ui.sourceKind.pharmacy', 'source-kind:customs': 'ui.sourceKind.customs',
  'source-kind:hotline': 'ui.sourceKind.hotline', 'source-kind:resident': 'ui.sourceKind.resident',
  'source-kind:reconstruction': 'ui.sourceKind.reconstruction',
} as const

const known = (stratum: string): stratum is keyof typeof strata => stratum in strata

/** useStratumName names the part of an area's counts that was judged; the part itself where it is not known. */
export function useStratumName(): (stratum: string) => string {
  const say = useWords()
  return (stratum) => (known(stratum) ? say(strata[stratum]) : stratum)
}

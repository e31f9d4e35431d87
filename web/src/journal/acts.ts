// The acts by which the journal can be narrowed: single ones, and families
// whose name ends with a dot.

export const actFamilies = ['counts.', 'notice.', 'signal.', 'proposal.', 'level.', 'directive.', 'duty.', 'visits.', 'declaration.', 'account.'] as const

export const acts = [
  'counts.ingest', 'notice.report', 'signal.raise', 'signal.extend', 'signal.verify', 'signal.discard',
  'proposal.make', 'proposal.accept', 'proposal.override', 'proposal.approve', 'proposal.decline', 'level.expire',
  'directive.issue', 'directive.acknowledge', 'directive.report', 'directive.verify', 'directive.return', 'directive.close',
  'directive.withdraw', 'directive.measure', 'duty.shift', 'visits.seal', 'visits.reseal', 'visits.destroy', 'visits.disclose',
  'declaration.propose', 'declaration.approve', 'declaration.decline', 'declaration.end',
] as const

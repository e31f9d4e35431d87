// Package audit reads the journal: who did what, the evidence chain behind any
// record, and fsck, which compares every record with what was journalled.
//
// In: the entries that acts left, their chain, and the records. Out: lists,
// chains of evidence, and a report of every flaw, which names the broken
// record. Its one write is that of the chainer, which numbers and links the
// entries.
package audit

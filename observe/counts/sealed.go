package counts

import "github.com/breakwater-eoc/breakwater/journal"

// sealed is a batch with the digest of its rows, as the journal knows it.
type sealed struct {
	Batch Batch        `json:"batch"`
	Rows  journal.Hash `json:"rows"`
}

// Sealed is the record whose digest is journalled for a batch: the batch and
// all its observations in the order in which they were stored. Changing any row changes it.
func Sealed(b Batch, rows []Observation) any {
	return sealed{Batch: b, Rows: journal.Digest(rows)}
}

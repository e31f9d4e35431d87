// Package trace is about who or what met where and when.
//
// Its first word is the [Ref]: a record of any stage, named by kind and id, so
// that chains of evidence join stages which do not know each other.
package trace

// Kind is the sort of record that a reference names: "signal", "directive".
type Kind string

// Ref names one record of any stage.
type Ref struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
}

// String gives the reference as "signal/0190...".
func (r Ref) String() string { return string(r.Kind) + "/" + r.ID }

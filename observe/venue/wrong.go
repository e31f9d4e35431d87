package venue

import (
	"fmt"

	"github.com/breakwater-eoc/breakwater/fault"
)

// mostNamed is how many wrong records are named; the others are only counted.
const mostNamed = 1000

// Wrong gathers what is wrong with the records of a batch or a file.
type Wrong struct {
	Count  int
	Places []fault.Place // of the first, at most 1000
}

// Note takes an error for that of the record at a place, counted from 1, when it
// is Invalid; it reports false when the error is of another kind.
func (w *Wrong) Note(line int, err error) bool {
	if !fault.Is(err, fault.Invalid) {
		return false
	}
	w.Count++
	if len(w.Places) < mostNamed {
		w.Places = append(w.Places, fault.Place{Line: line, Problem: fault.Message(err)})
	}
	return true
}

// Fault is the Invalid error of a batch with wrong records; nil when there are
// none.
func (w *Wrong) Fault() error {
	text := "the batch holds observations that are wrong"
	if w.Count > len(w.Places) {
		text = fmt.Sprintf("%d observations of the batch are wrong, of which the first %d are named", w.Count, len(w.Places))
	}
	return fault.At(text, w.Places...)
}

// Package fault names what went wrong by what the caller can do about it.
//
// In: a kind, a message written for the person who asked, and where it helps
// the places in the input that are wrong. Out: an ordinary error, whose kind
// and public message survive any number of wrappings with %w.
//
// The zero kind is Internal: an error that nobody classified is our own
// mistake, and its text never reaches a user (see [Message]).
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what the caller can do about an error.
type Kind int

const (
	// Internal is our own failure; the caller can only try again or report it.
	Internal Kind = iota
	// Invalid is input that can be corrected and sent again.
	Invalid
	// NotFound is a name that refers to nothing the caller may see.
	NotFound
	// Conflict is a request that the present state does not allow.
	Conflict
	// Forbidden is a request that the caller has no right to make.
	Forbidden
)

var kindNames = [...]string{"internal", "invalid", "not_found", "conflict", "forbidden"}

// String returns the name of the kind as it stands in problem documents.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "internal"
	}
	return kindNames[k]
}

// Kinds lists every kind, in order.
func Kinds() []Kind { return []Kind{Internal, Invalid, NotFound, Conflict, Forbidden} }

// Place is one spot of the input that is wrong.
type Place struct {
	// Field names the value: a column, a JSON pointer, a flag.
	Field string
	// Line and Column count from 1; 0 means that the input has no lines.
	Line, Column int
	// Problem says what is wrong there, in words for the sender.
	Problem string
}

// String gives the place as "line 3, column 2 (count): must not be negative".
func (p Place) String() string {
	var b strings.Builder
	if p.Line > 0 {
		fmt.Fprintf(&b, "line %d", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, ", column %d", p.Column)
		}
	}
	if p.Field != "" {
		if b.Len() > 0 {
			fmt.Fprintf(&b, " (%s)", p.Field)
		} else {
			b.WriteString(p.Field)
		}
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(p.Problem)
	return b.String()
}

// Error is an error with a kind, a public message and the places it concerns.
type Error struct {
	Kind   Kind
	Text   string
	Places []Place
}

// Error returns the message, followed by the first few places.
func (e *Error) Error() string {
	if len(e.Places) == 0 {
		return e.Text
	}
	const shown = 5
	var b strings.Builder
	b.WriteString(e.Text)
	for i, p := range e.Places {
		if i == shown {
			fmt.Fprintf(&b, "; and %d more", len(e.Places)-shown)
			break
		}
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString("; ")
		}
		b.WriteString(p.String())
	}
	return b.String()
}

// New returns an error of a kind. Its text is shown to the caller unless the
// kind is Internal.
func New(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// At returns an Invalid error that names the places which are wrong. It
// returns nil when there are none, so that a validation can end with it.
func At(text string, places ...Place) error {
	if len(places) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Text: text, Places: places}
}

// KindOf returns the kind of the outermost classified error in the chain, and
// Internal for anything else.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of the kind. A nil error is of no kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Message returns the text that a caller may be shown: that of the outermost
// classified error, and a fixed sentence for Internal ones.
func Message(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Kind != Internal {
		return e.Text
	}
	return "something went wrong on our side; the attempt was not carried out"
}

// PlacesOf returns the places that the error names, if any.
func PlacesOf(err error) []Place {
	var e *Error
	if errors.As(err, &e) {
		return e.Places
	}
	return nil
}

// Package words is the one table of texts, in the four languages that every
// page and message of Breakwater speaks, for Go and TypeScript alike.
//
// In: the tables under words/table (CSV: key, zh, en, ja, ko), one file a
// subject. Out: a text by key and language. A missing text is an error of the
// build: a test compares the keys that the code uses with those in the tables.
package words

// Lang is one of the four languages, by its BCP 47 primary tag.
type Lang string

// The languages, in the order in which screens offer them.
const (
	Zh Lang = "zh"
	En Lang = "en"
	Ja Lang = "ja"
	Ko Lang = "ko"
)

// Langs lists the languages in the order in which screens offer them.
func Langs() []Lang { return []Lang{Zh, En, Ja, Ko} }

// Text is one text in the four languages.
type Text struct {
	Zh string `json:"zh" yaml:"zh"`
	En string `json:"en" yaml:"en"`
	Ja string `json:"ja" yaml:"ja"`
	Ko string `json:"ko" yaml:"ko"`
}

// In returns the text in a language, and the English one for a language that
// is none of the four.
func (t Text) In(l Lang) string {
	switch l {
	case Zh:
		return t.Zh
	case Ja:
		return t.Ja
	case Ko:
		return t.Ko
	}
	return t.En
}

// Missing lists the languages in which the text is empty.
func (t Text) Missing() []Lang {
	var none []Lang
	for _, l := range Langs() {
		if t.In(l) == "" {
			none = append(none, l)
		}
	}
	return none
}

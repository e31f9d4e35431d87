// Package notices takes in event-based reports: what a clinician, a school, a
// hotline or a resident noticed, in their own words.
//
// A notice joins the same triage as the detectors' signals. Its text may hold
// personal data, so it is sealed at rest and never logged.
package notices

import (
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
)

// ID names a notice.
type ID string

// Topic is what the notice is about, chosen from a short list.
type Topic string

// The topics that the form offers.
const (
	Illness    Topic = "illness_cluster"
	Death      Topic = "unusual_death"
	Absence    Topic = "absence_cluster"
	Goods      Topic = "goods_or_cold_chain"
	Place      Topic = "unsafe_place"
	OtherTopic Topic = "other"
)

// Topics lists the topics in the order of the form.
func Topics() []Topic { return []Topic{Illness, Death, Absence, Goods, Place, OtherTopic} }

// MostText is the longest text of a notice, in bytes.
const MostText = 4000

// Notice is one event-based report.
type Notice struct {
	ID     ID             `json:"id"`
	Header observe.Header `json:"header"`
	Topic  Topic          `json:"topic"`
	// People is how many are said to be affected; 0 when not said.
	People int `json:"people"`
	// Sealed is the free text under its class key (see trust); never plain.
	Sealed []byte `json:"sealed"`
}

// Check reports what is wrong with a notice's topic, people and text.
func Check(topic Topic, people int, text string) error {
	var wrong []fault.Place
	known := false
	for _, t := range Topics() {
		known = known || t == topic
	}
	if !known {
		wrong = append(wrong, fault.Place{Field: "topic", Problem: "is none of the offered topics"})
	}
	if people < 0 || people > 1_000_000 {
		wrong = append(wrong, fault.Place{Field: "people", Problem: "must be between 0 and 1,000,000"})
	}
	if text == "" || len(text) > MostText {
		wrong = append(wrong, fault.Place{Field: "text", Problem: "must have between 1 and 4,000 bytes"})
	}
	return fault.At("the notice cannot be taken in", wrong...)
}

package counts

import "github.com/breakwater-eoc/breakwater/words"

// Unit is what a stream counts.
type Unit string

// The units of streams; each is a text, "unit.people".
const (
	People  Unit = "people"
	Samples Unit = "samples"
	Visits  Unit = "visits"
	Packs   Unit = "packs"
	// GeneCopies are billions of them a day in the water of 100,000 people.
	GeneCopies Unit = "gene_copies"
)

var units = map[Stream]Unit{
	ConfirmedLocal: People, ConfirmedImported: People, Asymptomatic: People, GoodsPositive: Samples, SamplesTaken: Samples,
	ContactsTraced: People, FeverVisits: Visits, Antipyretics: Packs, SchoolAbsence: People,
	Admissions: People, Wastewater: GeneCopies,
}

// Unit returns what a known stream counts.
func (s Stream) Unit() Unit { return units[s] }

// Names returns the stream's name in the four languages.
func (s Stream) Names() words.Text { return words.T("stream." + string(s)) }

package spread

// Kind of event, in the order in which they can befall a person.
const (
	Infected    What = iota // Other infected Person; Interval is the days since Other's own infection
	Onset                   // first symptoms
	Tested                  // Result day and outcome follow in Positive
	Positive                // a positive result is known
	Admitted                // to hospital
	Critical                // to intensive care
	Discharged              // from hospital
	Died                    //
	Recovered               // the course is over; Count people were infected by it
	Isolated                // told to stay in, as ill
	Quarantined             // told to stay in, as exposed
	Vaccinated              //
	whats
)

// What names the kind of an Event.
type What uint8

var whatNames = [whats]string{"infected", "onset", "tested", "positive", "admitted", "critical", "discharged", "died", "recovered", "isolated", "quarantined", "vaccinated"}

// String returns the name of the kind in lower case.
func (k What) String() string {
	if k < whats {
		return whatNames[k]
	}
	return "unknown"
}

// Event is something that befell a person.
type Event struct {
	What     What
	Pathogen uint8   // index into Config.Pathogens
	Layer    uint8   // index into Config.Layers; AtSite or FromOutside otherwise
	Count    uint16  // see the kinds
	Person   uint32  //
	Other    uint32  // infector, or Nobody
	Site     uint32  // where, when Layer is AtSite; else Nobody
	Root     uint32  // introduction at the root of the chain
	Time     float32 // days since the start of day 0
	Interval float32 // see the kinds
}

// Layer of an Event that happened in no layer.
const (
	AtSite      uint8 = 0xfe
	FromOutside uint8 = 0xff
)

// Day is what happened on one day. Its slices are valid until the next Step.
type Day struct {
	Number int
	// Events come in an order that depends only on the seed, grouped, not
	// sorted by time. Empty when the world is Quiet.
	Events []Event
	// Pathogens has one entry for each pathogen.
	Pathogens []Counts
	Held      int // people in isolation or quarantine at the start of the day
	Tests     int
	Arrivals  int // visitors who came; as many left
	Visits    VisitCounts
	Work      WorkCounts // by sector; nil without Activity
}

// Counts are new events of a day and, at its end, how many people are in
// which state of one pathogen.
type Counts struct {
	Infected, Onset, Positive, Admitted, Critical, Discharged, Died, Recovered int
	Imported                                                                   int // of Infected, from outside
	ByLayer                                                                    [maxLayers]int
	AtSites                                                                    int

	Susceptible int // never infected and alive
	Infecteds   int // in the course of an infection
	Past        int // infected before, alive, not infected now
	Dead        int // died of this pathogen
	InHospital  int
}

// tally carries the states of one pathogen from day to day.
type tally struct {
	infected, past, dead, hospital int
	deadOther                      int // died of another pathogen
	cutStays                       int // stays in hospital that such deaths ended today
}

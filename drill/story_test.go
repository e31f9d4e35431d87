package drill

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/fault"
)

const opening = "story \"x\"\non 2020-09-01 at 08:00\n"

func TestParseReadsWordsSettingsAndQuotedTexts(t *testing.T) {
	s, err := Parse("story \"One market\"   # a title\r\n\n  on 2020-09-01 at 08:05\nverify signal by=alice why=\"said \\\"two\\\" # cases\"\nexpect refused conflict verify signal by=bob\n")
	if err != nil {
		t.Fatal(err)
	}
	if s.Title != "One market" || len(s.Lines) != 4 {
		t.Fatalf("parsed %+v", s)
	}
	if l := s.Lines[2]; l.Number != 4 || l.Verb != "verify signal" || l.Settings["why"] != `said "two" # cases` {
		t.Errorf("line 4 is %+v", l)
	}
	if l := s.Lines[3]; l.Kind != fault.Conflict || l.Refused == nil || l.Refused.Settings["by"] != "bob" {
		t.Errorf("line 5 is %+v", l)
	}
	if got := s.Begins(time.UTC).Format(time.RFC3339); got != "2020-09-01T08:05:00Z" {
		t.Errorf("begins at %s", got)
	}
}

func TestParseNamesEveryLineThatIsWrong(t *testing.T) {
	for _, tc := range []struct{ name, line, want string }{
		{"an unknown verb", "dance by=alice", `line 3, column 1: "dance" is no statement`},
		{"a missing setting", "verify signal why=x", "line 3, column 1: verify signal needs by=..."},
		{"a missing word", "report counts", "line 3, column 1: report counts needs a stream"},
		{"an unknown setting", "verify signal by=a colour=red", "line 3, column 20 (colour): verify signal has no setting colour"},
		{"a setting twice", "verify signal by=a by=b", "line 3, column 20 (by): by stands twice"},
		{"a word too many", "scan everything", `line 3, column 6: "everything" is one word too many`},
		{"no day", "on yesterday at 08:00", `line 3, column 4: "yesterday" is not a day`},
		{"no hour", "on 2020-09-01 at eight", `line 3, column 18: "eight" is not an hour`},
		{"no count", "report daily fever.visits by=a count=-1", `(count): "-1" is not a count`},
		{"time that runs backwards", "on 2020-08-31 at 08:00", "line 3: time runs backwards"},
		{"a second title", "story \"y\"", "line 3: a story has one title"},
		{"a quotation mark that is not closed", "verify signal by=a why=\"x", "column 20: a quotation mark is not closed"},
		{"a quotation mark inside a word", "verify signal by=a\"b\"", "a quotation mark stands inside a word"},
		{"a setting without a value", "verify signal by=", "by= needs a value"},
		{"a value without a name", "verify signal =a", "a name must stand before ="},
		{"bytes that are no text", "verify signal by=\xff", "is not UTF-8 text"},
		{"a refusal of nothing", "expect refused conflict", "needs a kind and an act"},
		{"a refusal of an unknown kind", "expect refused never verify signal by=a", "is no kind of refusal"},
		{"a refusal of an expectation", "expect refused conflict expect signal", "is nothing that anybody could be refused"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse(opening + tc.line + "\n")
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
	for name, text := range map[string]string{"nothing at all": "", "no title": "on 2020-09-01 at 08:00\n", "no time": "story \"x\"\nscan\n"} {
		if _, err := Parse(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestEveryStatementIsCarriedOutAndExplained(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "docs", "drills.md"))
	if err != nil {
		t.Fatal(err)
	}
	carried := statements()
	for _, verb := range Verbs() {
		if _, ok := carried[verb]; !ok {
			t.Errorf("nothing carries out %q", verb)
		}
		if !strings.Contains(string(doc), "| `"+verb) {
			t.Errorf("docs/drills.md does not explain %q", verb)
		}
		for _, name := range append(grammar[verb].need, grammar[verb].may...) {
			if !explained(string(doc), verb, name) {
				t.Errorf("docs/drills.md does not name the setting %s of %q", name, verb)
			}
		}
		delete(carried, verb)
	}
	for verb := range carried {
		t.Errorf("%q is carried out and not in the grammar", verb)
	}
}

// explained reports whether the row of a verb names a setting.
func explained(doc, verb, name string) bool {
	for row := range strings.Lines(doc) {
		if strings.HasPrefix(row, "| `"+verb+" ") && (strings.Contains(row, name+"=") || strings.Contains(row, "[...]")) {
			return true
		}
	}
	return false
}

func TestTheShippedStoriesAreWellFormed(t *testing.T) {
	all, err := Stories()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 6 {
		t.Errorf("%d stories", len(all))
	}
}

func FuzzParse(f *testing.F) {
	all, err := stories.ReadDir("stories")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range all {
		text, err := stories.ReadFile("stories/" + e.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(opening + "verify signal by=\"a\\\"\" why=\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("fault is %v, want invalid", err)
			}
			return
		}
		s.Begins(time.UTC)
		for _, l := range s.Lines {
			if l.Number < 1 || l.Verb == "" {
				t.Errorf("line %+v passed", l)
			}
			if l.Verb == "on" || l.Verb == "replay until" {
				l.instant(time.UTC)
			}
		}
	})
}

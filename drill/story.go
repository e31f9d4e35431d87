package drill

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

// Story is a parsed story.
type Story struct {
	Title string
	Lines []Line
}

// Line is one statement of a story.
type Line struct {
	Number int
	Text   string // as it stands in the file
	Verb   string // as the grammar names it: "verify signal"
	// Words are the bare words that the grammar asks for after the verb, by
	// the grammar's names for them.
	Words map[string]string
	// Settings are the key=value pairs.
	Settings map[string]string
	// Refused is the act that must be refused, for "expect refused"; Kind is
	// the kind of the refusal.
	Refused *Line
	Kind    fault.Kind
}

// form is what a statement looks like.
type form struct {
	bare      []string // names of the bare words after the verb, all needed
	need, may []string // settings
	act       bool     // somebody does it, so that it can be refused and repeated
}

// grammar lists every statement of the language. docs/drills.md explains them;
// a test keeps the two together.
var grammar = map[string]form{
	"story":                {bare: []string{"title"}},
	"world":                {bare: []string{"status"}},
	"pack":                 {bare: []string{"id"}},
	"on":                   {bare: []string{"day", "at", "hour"}},
	"scan":                 {},
	"replay quiet until":   {bare: []string{"day"}},
	"replay until":         {bare: []string{"day", "at", "hour"}},
	"staff":                {need: []string{"commander", "epidemiologist", "duty"}},
	"report counts":        {bare: []string{"stream"}, need: []string{"area", "count", "source"}, may: []string{"day", "denominator", "basis", "by", "why"}, act: true},
	"report daily":         {bare: []string{"stream"}, need: []string{"count", "by"}, may: []string{"day", "denominator"}, act: true},
	"report notice":        {bare: []string{"topic"}, need: []string{"area", "people", "by", "text"}, act: true},
	"verify signal":        {need: []string{"by"}, may: []string{"stream", "area", "hazard", "why"}, act: true},
	"discard signal":       {need: []string{"by"}, may: []string{"stream", "area", "why"}, act: true},
	"snooze signal":        {need: []string{"by", "until"}, may: []string{"stream", "area", "why"}, act: true},
	"wake signal":          {need: []string{"by"}, may: []string{"stream", "area", "why"}, act: true},
	"outcome":              {bare: []string{"truth"}, need: []string{"by"}, may: []string{"stream", "area", "event", "began", "anew", "state", "why"}, act: true},
	"missed":               {bare: []string{"hazard"}, need: []string{"area", "began", "by"}, may: []string{"why"}, act: true},
	"ask proposal":         {need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"accept proposal":      {need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"override proposal":    {need: []string{"area", "level", "by"}, may: []string{"in", "why"}, act: true},
	"approve proposal":     {need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"decline proposal":     {need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"direct":               {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why", "due", "target", "to", "in"}, act: true},
	"acknowledge":          {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"report done":          {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"verify done":          {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"return":               {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"close":                {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why", "exception"}, act: true},
	"withdraw":             {bare: []string{"template"}, need: []string{"area", "by"}, may: []string{"why"}, act: true},
	"shift":                {bare: []string{"post"}, need: []string{"user", "hours", "by"}, act: true},
	"again":                {},
	"expect signal":        {may: []string{"stream", "area", "state", "route", "shown", "stands", "count"}},
	"expect score":         {may: []string{"indicator", "days", "signals", "undecided", "precision", "recall", "delay"}},
	"expect event":         {may: []string{"area", "hazard", "count"}},
	"expect proposal":      {may: []string{"area", "level", "state", "rule", "decided", "in", "count"}},
	"expect level":         {bare: []string{"level"}, need: []string{"area"}},
	"expect directive":     {bare: []string{"template"}, need: []string{"area"}, may: []string{"state", "overdue", "reminded", "held", "met", "exception", "count"}},
	"expect figure":        {bare: []string{"name"}, need: []string{"area", "value"}, may: []string{"days", "day", "as_of", "status"}},
	"expect entries":       {bare: []string{"act"}, need: []string{"count"}},
	"expect on duty":       {bare: []string{"post"}, need: []string{"user"}},
	"expect reconstructed": {bare: []string{"name"}, need: []string{"area"}},
}

// Verbs lists every statement of the language, sorted.
func Verbs() []string {
	verbs := []string{refusal}
	for v := range grammar {
		verbs = append(verbs, v)
	}
	slices.Sort(verbs)
	return verbs
}

// refusal begins a statement that wraps an act: "expect refused forbidden verify signal by=auditor".
const refusal = "expect refused"

// The bounds of a story.
const (
	mostLines = 10_000
	mostLine  = 4_000 // bytes
)

// Parse reads a story: one statement a line, "#" begins a comment. The fault is
// Invalid and names every line that is wrong, with its column.
func Parse(text string) (Story, error) {
	var s Story
	var wrong []fault.Place
	lines := strings.Split(text, "\n")
	if len(lines) > mostLines {
		return s, fault.New(fault.Invalid, "the story has more than %d lines", mostLines)
	}
	for i, raw := range lines {
		line, problem := parseLine(strings.TrimRight(raw, "\r"))
		if problem != nil {
			problem.Line = i + 1
			wrong = append(wrong, *problem)
			continue
		}
		if line == nil {
			continue
		}
		line.Number = i + 1
		if line.Verb == "story" {
			s.Title = line.Words["title"]
		}
		s.Lines = append(s.Lines, *line)
	}
	if len(wrong) == 0 {
		wrong = sequence(s)
	}
	return s, fault.At("the story cannot be told", wrong...)
}

// sequence checks what must stand where: a title first, then a time before
// anything happens, and times that do not run backwards.
func sequence(s Story) []fault.Place {
	if len(s.Lines) == 0 || s.Lines[0].Verb != "story" {
		return []fault.Place{{Line: 1, Problem: `a story begins with its title: story "..."`}}
	}
	var wrong []fault.Place
	timed, last := false, ""
	for i, l := range s.Lines {
		at := l.Words["day"] + l.Words["hour"]
		switch {
		case l.Verb == "story" && i > 0:
			wrong = append(wrong, fault.Place{Line: l.Number, Problem: "a story has one title"})
		case l.Verb == "on" || l.Verb == "replay until":
			if at < last {
				wrong = append(wrong, fault.Place{Line: l.Number, Problem: "time runs backwards"})
			}
			timed, last = true, at
		case !timed && !slices.Contains([]string{"story", "world", "pack"}, l.Verb):
			wrong = append(wrong, fault.Place{Line: l.Number, Problem: "a time must stand before it: on DAY at HH:MM"})
		}
	}
	return wrong
}

// Begins returns the first instant of the story in the city's time.
func (s Story) Begins(city *time.Location) time.Time {
	for _, l := range s.Lines {
		if l.Verb == "on" {
			return l.instant(city)
		}
	}
	return time.Time{}
}

// instant is the time that a line names; parsing has checked it.
func (l Line) instant(city *time.Location) time.Time {
	var hour, minute int
	_, _ = fmt.Sscanf(l.Words["hour"], "%d:%d", &hour, &minute)
	return civil.MustDay(l.Words["day"]).At(hour, minute, city)
}

// parseLine reads one line; nil for one without a statement.
func parseLine(text string) (*Line, *fault.Place) {
	if len(text) > mostLine {
		return nil, &fault.Place{Problem: fmt.Sprintf("has more than %d bytes", mostLine)}
	}
	tokens, problem := tokenize(text)
	if problem != nil || len(tokens) == 0 {
		return nil, problem
	}
	if rest, ok := beginsWith(tokens, refusal); ok {
		return parseRefusal(text, tokens, rest)
	}
	return parseStatement(text, tokens)
}

func parseRefusal(text string, tokens, rest []token) (*Line, *fault.Place) {
	if len(rest) < 2 {
		return nil, tokens[0].wrong("needs a kind and an act: expect refused conflict verify signal by=...")
	}
	kind := fault.Internal
	for _, k := range fault.Kinds() {
		if k != fault.Internal && k.String() == rest[0].text {
			kind = k
		}
	}
	if kind == fault.Internal {
		return nil, rest[0].wrong("is no kind of refusal: invalid, not_found, conflict or forbidden")
	}
	inner, problem := parseStatement(text, rest[1:])
	if problem != nil {
		return nil, problem
	}
	if !grammar[inner.Verb].act {
		return nil, rest[1].wrong("is nothing that anybody could be refused")
	}
	return &Line{Text: text, Verb: refusal, Refused: inner, Kind: kind}, nil
}

func parseStatement(text string, tokens []token) (*Line, *fault.Place) {
	verb, rest, ok := findVerb(tokens)
	if !ok {
		return nil, tokens[0].wrong(fmt.Sprintf("%q is no statement of the language", tokens[0].text))
	}
	f := grammar[verb]
	l := &Line{Text: text, Verb: verb, Words: map[string]string{}, Settings: map[string]string{}}
	for _, name := range f.bare {
		if len(rest) == 0 || rest[0].key != "" {
			return nil, tokens[0].wrong(fmt.Sprintf("%s needs a %s", verb, name))
		}
		if problem := checkWord(name, rest[0]); problem != nil {
			return nil, problem
		}
		l.Words[name], rest = rest[0].text, rest[1:]
	}
	for _, t := range rest {
		switch _, twice := l.Settings[t.key]; {
		case t.key == "":
			return nil, t.wrong(fmt.Sprintf("%q is one word too many", t.text))
		case twice:
			return nil, t.wrong(fmt.Sprintf("%s stands twice", t.key))
		case !slices.Contains(f.need, t.key) && !slices.Contains(f.may, t.key):
			return nil, t.wrong(fmt.Sprintf("%s has no setting %s; it has %s", verb, t.key, strings.Join(slices.Concat(f.need, f.may), ", ")))
		}
		if problem := checkWord(t.key, t); problem != nil {
			return nil, problem
		}
		l.Settings[t.key] = t.text
	}
	for _, key := range f.need {
		if _, ok := l.Settings[key]; !ok {
			return nil, tokens[0].wrong(fmt.Sprintf("%s needs %s=...", verb, key))
		}
	}
	return l, nil
}

package drill

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
)

// token is one word of a line, or one key=value pair.
type token struct {
	key, text string
	column    int // from 1
}

func (t token) wrong(problem string) *fault.Place {
	return &fault.Place{Column: t.column, Field: t.key, Problem: problem}
}

// tokenize splits a line at blanks. A value may stand between quotation marks,
// within which \" and \\ stand for themselves; "#" outside of them ends the line.
func tokenize(line string) ([]token, *fault.Place) {
	if !utf8.ValidString(line) {
		return nil, &fault.Place{Problem: "is not UTF-8 text"}
	}
	var tokens []token
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			i++
		case c == '#':
			return tokens, nil
		default:
			t, end, problem := readToken(line, i)
			if problem != "" {
				return nil, &fault.Place{Column: i + 1, Problem: problem}
			}
			tokens, i = append(tokens, t), end
		}
	}
	return tokens, nil
}

// readToken reads the token that begins at i and returns where it ends.
func readToken(line string, i int) (t token, end int, problem string) {
	t.column = i + 1
	end = i
	for end < len(line) && !strings.ContainsRune(" \t#\"=", rune(line[end])) {
		end++
	}
	if end < len(line) && line[end] == '=' {
		if t.key = line[i:end]; t.key == "" {
			return t, end, "a name must stand before ="
		}
		end++
		i = end
		for end < len(line) && !strings.ContainsRune(" \t#\"", rune(line[end])) {
			end++
		}
	}
	if i == end && end < len(line) && line[end] == '"' {
		t.text, end, problem = readQuoted(line, end)
		return t, end, problem
	}
	if t.text = line[i:end]; t.text == "" {
		return t, end, fmt.Sprintf("%s= needs a value", t.key)
	}
	if end < len(line) && line[end] == '"' {
		return t, end, "a quotation mark stands inside a word"
	}
	return t, end, ""
}

func readQuoted(line string, i int) (text string, end int, problem string) {
	var b strings.Builder
	for i++; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line) && (line[i+1] == '"' || line[i+1] == '\\'):
			i++
			b.WriteByte(line[i])
		case c == '"':
			return b.String(), i + 1, ""
		default:
			b.WriteByte(c)
		}
	}
	return "", i, "a quotation mark is not closed"
}

// beginsWith reports whether the tokens begin with the words of a verb, and
// returns those after it.
func beginsWith(tokens []token, verb string) ([]token, bool) {
	words := strings.Fields(verb)
	if len(tokens) < len(words) {
		return nil, false
	}
	for i, w := range words {
		if tokens[i].key != "" || tokens[i].text != w {
			return nil, false
		}
	}
	return tokens[len(words):], true
}

// findVerb returns the longest verb of the grammar that the tokens begin with.
func findVerb(tokens []token) (verb string, rest []token, ok bool) {
	for v := range grammar {
		if after, begins := beginsWith(tokens, v); begins && len(v) > len(verb) {
			verb, rest, ok = v, after, true
		}
	}
	return verb, rest, ok
}

// checkWord checks a word or a setting whose name says what it must be.
func checkWord(name string, t token) *fault.Place {
	var err error
	switch name {
	case "day", "until", "began":
		_, err = civil.ParseDay(t.text)
	case "hour":
		if _, e := time.Parse("15:04", t.text); e != nil {
			err = fault.New(fault.Invalid, "%q is not an hour of the form HH:MM", t.text)
		}
	case "at":
		if t.text != "at" {
			err = fault.New(fault.Invalid, "%q stands where at is expected", t.text)
		}
	case "count", "people", "denominator", "days", "due", "hours", "signals", "undecided":
		if n, e := strconv.ParseInt(t.text, 10, 64); e != nil || n < 0 || n > 1_000_000_000 {
			err = fault.New(fault.Invalid, "%q is not a count", t.text)
		}
	case "value", "target":
		if _, e := strconv.ParseFloat(t.text, 64); e != nil {
			err = fault.New(fault.Invalid, "%q is not a number", t.text)
		}
	case "overdue", "reminded", "met", "exception", "shown", "anew", "stands":
		if t.text != "yes" && t.text != "no" {
			err = fault.New(fault.Invalid, "%q is neither yes nor no", t.text)
		}
	case "status":
		if t.text != "actual" && t.text != "exercise" && t.text != "test" {
			err = fault.New(fault.Invalid, "%q is none of actual, exercise and test", t.text)
		}
	case "as_of":
		if _, e := time.Parse("2006-01-02T15:04", t.text); e != nil {
			err = fault.New(fault.Invalid, "%q is not an instant like 2020-07-22T21:00", t.text)
		}
	}
	if err == nil {
		return nil
	}
	return t.wrong(fault.Message(err))
}

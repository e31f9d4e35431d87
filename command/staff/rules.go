package staff

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
)

// The bounds of a password, in characters. Length is what resists guessing;
// rules about kinds of characters only make passwords alike (NIST SP 800-63B).
const (
	LeastPassword = 12
	MostPassword  = 200
)

// mostGrants bounds what one account holds.
const mostGrants = 50

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,49}$`)

// normal is the form in which names are compared.
func normal(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// examine names everything that is wrong with a new account.
func (d *Desk) examine(in NewAccount) error {
	var wrong []fault.Place
	if !nameForm.MatchString(in.Name) {
		wrong = append(wrong, fault.Place{Field: "name", Problem: "must have 2 to 50 letters, digits, dots, hyphens or underscores"})
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(in.Display)); n < 1 || n > 100 {
		wrong = append(wrong, fault.Place{Field: "display", Problem: "must have 1 to 100 characters"})
	}
	if !slices.ContainsFunc(d.book.Organisations, func(o party.Organisation) bool { return o.Code == in.Organisation }) {
		wrong = append(wrong, fault.Place{Field: "organisation", Problem: "is none of the city's organisations"})
	}
	wrong = append(wrong, d.wrongGrants(in.Grants)...)
	wrong = append(wrong, d.wrongSource(in)...)
	wrong = append(wrong, weak(in.Password, in.Name, in.Display)...)
	return fault.At("the account cannot be made", wrong...)
}

func (d *Desk) wrongSource(in NewAccount) []fault.Place {
	reports := slices.ContainsFunc(in.Grants, func(g access.Grant) bool { return g.Role == access.Reporter })
	_, known := d.book.Sources[observe.SourceID(in.Source)]
	switch {
	case in.Source == "" && reports:
		return []fault.Place{{Field: "source", Problem: "must be set for a reporter"}}
	case in.Source != "" && !known:
		return []fault.Place{{Field: "source", Problem: "is none of the city's sources"}}
	}
	return nil
}

func (d *Desk) wrongGrants(grants []access.Grant) []fault.Place {
	if len(grants) > mostGrants {
		return []fault.Place{{Field: "grants", Problem: fmt.Sprintf("must be at most %d", mostGrants)}}
	}
	var wrong []fault.Place
	for i, g := range grants {
		if !slices.Contains(access.Roles(), g.Role) {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("grants[%d].role", i), Problem: "is none of the roles"})
		}
		if _, err := d.center.Lineage(g.Area); err != nil {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("grants[%d].area", i), Problem: "is not an area of this city"})
		}
		if slices.Contains(grants[:i], g) {
			wrong = append(wrong, fault.Place{Field: fmt.Sprintf("grants[%d]", i), Problem: "stands twice"})
		}
	}
	return wrong
}

// weak says what is wrong with a password. It does not repeat it.
func weak(password, name, display string) []fault.Place {
	place := func(problem string) []fault.Place { return []fault.Place{{Field: "password", Problem: problem}} }
	n := utf8.RuneCountInString(password)
	low := strings.ToLower(password)
	distinct := map[rune]bool{}
	for _, r := range low {
		distinct[r] = true
	}
	switch {
	case !utf8.ValidString(password):
		return place("must be text")
	case n < LeastPassword || n > MostPassword:
		return place(fmt.Sprintf("must have %d to %d characters", LeastPassword, MostPassword))
	case len(distinct) < 5:
		return place("must have at least 5 different characters")
	case name != "" && strings.Contains(low, name), display != "" && strings.Contains(low, strings.ToLower(display)):
		return place("must not contain the account's name")
	}
	return nil
}

package party

import (
	"fmt"
	"io/fs"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/table"
	"github.com/breakwater-eoc/breakwater/words"
)

// Register is the organisations and posts of a city, in the order of its files.
type Register struct {
	Organisations []Organisation
	Posts         []Post
}

// LoadRegister reads organisations.csv and posts.csv of a city folder. The
// fault is Invalid and names every bad row: an unknown area, organisation or
// next post, a code twice, an escalation that runs in a circle.
func LoadRegister(folder fs.FS, areas *place.Tree) (Register, error) {
	var r Register
	codes := map[string]bool{}
	err := table.File(folder, "organisations.csv", []string{"code", "zh", "en", "ja", "ko", "area"}, func(row table.Row) {
		r.Organisations = append(r.Organisations, Organisation{
			Code: OrganisationCode(unique(row, codes)), Names: names(row), Area: area(row, areas)})
	})
	if err != nil {
		return r, err
	}
	return r, r.loadPosts(folder, areas, codes)
}

func (r *Register) loadPosts(folder fs.FS, areas *place.Tree, organisations map[string]bool) error {
	codes := map[string]bool{}
	var rows []table.Row
	columns := []string{"code", "zh", "en", "ja", "ko", "organisation", "area", "party", "next"}
	err := table.File(folder, "posts.csv", columns, func(row table.Row) {
		p := Post{Code: PostCode(unique(row, codes)), Names: names(row), Organisation: OrganisationCode(row.Needed("organisation")),
			Area: area(row, areas), Party: table.OneOf(row, "party", OfPlace, OfDepartment, OfUnit, OfIndividual),
			Next: PostCode(row.Text("next"))}
		if !organisations[string(p.Organisation)] {
			row.Wrong("organisation", fmt.Sprintf("there is no organisation %q", p.Organisation))
		}
		r.Posts, rows = append(r.Posts, p), append(rows, row)
	})
	if err != nil {
		return err
	}
	return fault.At("posts.csv cannot be used", r.escalation(rows)...)
}

// escalation checks that every way up ends at a post without a next one.
func (r *Register) escalation(rows []table.Row) []fault.Place {
	next := map[PostCode]PostCode{}
	for _, p := range r.Posts {
		next[p.Code] = p.Next
	}
	var wrong []fault.Place
	for i, p := range r.Posts {
		if _, ok := next[p.Next]; p.Next != "" && !ok {
			wrong = append(wrong, rows[i].Place("next", fmt.Sprintf("there is no post %q", p.Next)))
			continue
		}
		steps := 0
		for at := p.Next; at != "" && steps <= len(r.Posts); at = next[at] {
			steps++
		}
		if steps > len(r.Posts) {
			wrong = append(wrong, rows[i].Place("next", "escalation from here never ends"))
		}
	}
	return wrong
}

// Organisation returns an organisation. The fault is NotFound.
func (r Register) Organisation(code OrganisationCode) (Organisation, error) {
	for _, o := range r.Organisations {
		if o.Code == code {
			return o, nil
		}
	}
	return Organisation{}, fault.New(fault.NotFound, "the city has no organisation %q", code)
}

// Post returns a post. The fault is NotFound.
func (r Register) Post(code PostCode) (Post, error) {
	for _, p := range r.Posts {
		if p.Code == code {
			return p, nil
		}
	}
	return Post{}, fault.New(fault.NotFound, "the city has no post %q", code)
}

func unique(row table.Row, seen map[string]bool) string {
	code := row.Needed("code")
	if seen[code] {
		row.Wrong("code", fmt.Sprintf("%q stands twice", code))
	}
	seen[code] = true
	return code
}

func names(row table.Row) words.Text {
	return words.Text{Zh: row.Needed("zh"), En: row.Needed("en"), Ja: row.Needed("ja"), Ko: row.Needed("ko")}
}

func area(row table.Row, areas *place.Tree) place.Code {
	return table.As(row, "area", func(s string) (place.Code, error) {
		a, err := areas.ByCode(place.Code(s))
		return a.Code, err
	})
}

package party_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

func town(t *testing.T) *place.Tree {
	t.Helper()
	tree, err := place.NewTree([]place.Area{{Code: "1", Kind: place.City, Names: words.Text{Zh: "镇", En: "Town", Ja: "町", Ko: "읍"}, TileX: -1, TileY: -1}})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

const (
	organisations = "code,zh,en,ja,ko,area\nboard,局,Board,局,국,1\n"
	postsHeader   = "code,zh,en,ja,ko,organisation,area,party,next\n"
	head          = "head,长,Head,長,장,board,1,place,\n"
)

func load(t *testing.T, organisations, posts string) (party.Register, error) {
	t.Helper()
	return party.LoadRegister(fstest.MapFS{"organisations.csv": {Data: []byte(organisations)}, "posts.csv": {Data: []byte(posts)}}, town(t))
}

func TestRegisterIsRead(t *testing.T) {
	r, err := load(t, organisations, postsHeader+head+"desk,台,Desk,台,대,board,1,department,head\n")
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Post("desk")
	if err != nil || p.Next != "head" || p.Party != party.OfDepartment {
		t.Errorf("got %+v, %v", p, err)
	}
	if o, err := r.Organisation("board"); err != nil || o.Names.En != "Board" {
		t.Errorf("got %+v, %v", o, err)
	}
	if _, err := r.Post("nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown post gives %v", err)
	}
}

func TestRegisterNamesEveryBadRow(t *testing.T) {
	for _, tc := range []struct {
		name, organisations, posts, want string
	}{
		{"an organisation twice", organisations + "board,局,Board,局,국,1\n", postsHeader, `line 3, column 1 (organisations.csv code): "board" stands twice`},
		{"an unknown area", "code,zh,en,ja,ko,area\nboard,局,Board,局,국,9\n", postsHeader, `line 2, column 6 (organisations.csv area): the city has no area "9"`},
		{"an unknown organisation", organisations, postsHeader + "head,长,Head,長,장,club,1,place,\n", `column 6 (posts.csv organisation): there is no organisation "club"`},
		{"an unknown party", organisations, postsHeader + "head,长,Head,長,장,board,1,crowd,\n", `column 8 (posts.csv party): "crowd" is none of`},
		{"an unknown next post", organisations, postsHeader + "head,长,Head,長,장,board,1,place,boss\n", `column 9 (posts.csv next): there is no post "boss"`},
		{"a circle", organisations, postsHeader + "a,长,A,長,장,board,1,place,b\nb,长,B,長,장,board,1,place,a\n", "escalation from here never ends"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := load(t, tc.organisations, tc.posts)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
}

// Package party holds people in office: organisations, posts, and the four
// parties that must answer for an epidemic order.
//
// Directives are addressed to posts, never to persons; the duty roster says
// who holds a post at an instant.
package party

import (
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/words"
)

// UserID names an account; it is a UUID and says nothing about the person.
type UserID string

// OrganisationCode names an organisation, e.g. "dalian-cdc".
type OrganisationCode string

// PostCode names a post, e.g. "ganjingzi-duty".
type PostCode string

// Answerable is one of the four parties that answer.
type Answerable string

// The four parties: the head of an area, a department for its trade, a unit
// for its premises, and each person.
const (
	OfPlace      Answerable = "place"
	OfDepartment Answerable = "department"
	OfUnit       Answerable = "unit"
	OfIndividual Answerable = "individual"
)

// Organisation is a body to which posts and accounts belong. Rules that ask
// for two approvers ask for two organisations.
type Organisation struct {
	Code  OrganisationCode `json:"code"`
	Names words.Text       `json:"names"`
	Area  place.Code       `json:"area"`
}

// Post is an office that directives are addressed to.
type Post struct {
	Code         PostCode         `json:"code"`
	Names        words.Text       `json:"names"`
	Organisation OrganisationCode `json:"organisation"`
	Area         place.Code       `json:"area"`
	Party        Answerable       `json:"party"`
	// Next is the post to which an unanswered directive escalates; empty at the top.
	Next PostCode `json:"next,omitempty"`
}

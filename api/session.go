package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/fault"
)

// cookieName is the cookie of a session.
const cookieName = "breakwater"

// staffVisitor is the signed-in part of a visitor; empty where nobody is asked for.
type staffVisitor struct {
	account access.Account
	actor   access.Actor
	token   string
	csrf    string
}

// identify finds the session of a request.
func (s *server) identify(r *http.Request, v *visitor) error {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return notSignedIn()
	}
	in, err := s.Staff.Authenticate(r.Context(), cookie.Value)
	if fault.Is(err, fault.NotFound) {
		return notSignedIn()
	}
	if err != nil {
		return err
	}
	v.staffVisitor = staffVisitor{account: in.Account, actor: in.Account.Actor(), token: cookie.Value, csrf: in.CSRF}
	return nil
}

func notSignedIn() error {
	return newProblem(http.StatusUnauthorized, fault.Forbidden, "sign in first; the session may have ended")
}

// sameText compares in a time that does not tell how much agrees.
func sameText(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func (s *server) sessionRoutes() {
	const group = "session"
	openRaw(s, door{method: "POST", path: "/v1/session", name: "signIn", entry: anybody, deed: changes, group: group,
		summary: "Sign in. The session travels in a cookie that scripts cannot read."}, s.signIn)
	open(s, door{method: "GET", path: "/v1/session", name: "getSession", entry: signedIn, group: group,
		summary: "Who is signed in, and what they may do."}, s.getSession)
	openRaw(s, door{method: "DELETE", path: "/v1/session", name: "signOut", entry: signedIn, deed: changes, group: group,
		summary: "Sign out."}, s.signOut)
	open(s, door{method: "GET", path: "/v1/demonstration", name: "getDemonstration", entry: anybody, group: group,
		summary: "The people whom one may be in the demonstration. A server of a real city has none."}, s.getDemonstration)
	openRaw(s, door{method: "POST", path: "/v1/session/password", name: "changeOwnPassword", entry: signedIn, deed: acts, group: group,
		summary: "Change one's own password. All other sessions end."}, s.changeOwnPassword)
}

type signInRequest struct {
	Body struct {
		Name     string `json:"name" maxLength:"100"`
		Password string `json:"password" maxLength:"1000"`
	}
}

type sessionAnswer struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      SignedIn
}

func (s *server) signIn(ctx context.Context, v visitor, in *signInRequest) (*sessionAnswer, error) {
	opened, err := s.Staff.SignIn(ctx, staff.SignIn{Name: in.Body.Name, Password: in.Body.Password, Address: v.address})
	if err != nil {
		return nil, signInProblem(err)
	}
	return &sessionAnswer{SetCookie: v.cookie(opened.Token, opened.Expires), Body: s.signedIn(opened.Account, opened.CSRF)}, nil
}

// signInProblem gives refusals at the door the statuses that HTTP has for them.
func signInProblem(err error) error {
	switch fault.KindOf(err) {
	case fault.Forbidden:
		return newProblem(http.StatusUnauthorized, fault.Forbidden, fault.Message(err))
	case fault.Conflict:
		return newProblem(http.StatusTooManyRequests, fault.Conflict, fault.Message(err))
	}
	return err
}

// cookie makes the session's cookie. Only a browser on this very machine may
// send it without TLS.
func (v visitor) cookie(token string, expires time.Time) http.Cookie {
	return http.Cookie{Name: cookieName, Value: token, Path: "/", Expires: expires, HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: !v.loopback}
}

func (s *server) signedIn(a access.Account, csrf string) SignedIn {
	rights := []string{}
	for _, right := range access.Rights() {
		if a.Actor().Can(right) {
			rights = append(rights, string(right))
		}
	}
	return SignedIn{User: wireUser(a), Rights: rights, CSRF: csrf, City: s.City.ID, Visits: s.People != nil, Lang: string(s.City.Lang), Clock: wireClock(s.Clock.State())}
}

func (s *server) getSession(_ context.Context, v visitor, _ *struct{}) (SignedIn, error) {
	return s.signedIn(v.account, v.csrf), nil
}

func (s *server) getDemonstration(context.Context, visitor, *struct{}) (List[DemoSignIn], error) {
	return whole(append([]DemoSignIn{}, s.Demonstration...)), nil
}

type cookieAnswer struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *server) signOut(ctx context.Context, v visitor, _ *struct{}) (*cookieAnswer, error) {
	if err := s.Staff.SignOut(ctx, v.token); err != nil {
		return nil, err
	}
	return &cookieAnswer{v.cookie("", time.Unix(1, 0))}, nil
}

type ownPasswordRequest struct {
	Body struct {
		Old string `json:"old" maxLength:"1000"`
		New string `json:"new" maxLength:"1000"`
	}
}

func (s *server) changeOwnPassword(ctx context.Context, v visitor, in *ownPasswordRequest) (*sessionAnswer, error) {
	opened, err := s.Staff.ChangeOwnPassword(ctx, v.actor, staff.OwnPassword{Old: in.Body.Old, New: in.Body.New, Address: v.address, Key: v.key})
	if err != nil {
		return nil, err
	}
	return &sessionAnswer{SetCookie: v.cookie(opened.Token, opened.Expires), Body: s.signedIn(opened.Account, opened.CSRF)}, nil
}

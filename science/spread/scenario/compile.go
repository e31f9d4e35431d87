package scenario

import (
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/spread"
	"github.com/breakwater-eoc/breakwater/science/spread/pathogen"
	"github.com/breakwater-eoc/breakwater/science/spread/people"
)

// trial is the number of people of the small city in which a scenario is
// tried out when it is read.
const trial = 1500

// tryOut builds a small world from the scenario and puts every measure of
// every arm in force, so that nothing impossible is found out later.
func (c *checker) tryOut(s *Scenario) {
	d := s.description(min(s.People, trial))
	city, err := people.Build(d, 1, 1)
	if err != nil {
		c.failed("city", err)
		return
	}
	cfg := c.config(s, city)
	if len(c.places) > 0 {
		return
	}
	for i, in := range s.Introductions {
		c.checkIntroduction(fmt.Sprintf("introductions[%d]", i), s, cfg, in)
	}
	c.checkMeasures("measures", s, cfg, s.Measures)
	for i, a := range s.Arms {
		c.checkMeasures(fmt.Sprintf("arms[%d].measures", i), s, cfg, a.Measures)
	}
}

func (c *checker) checkIntroduction(path string, s *Scenario, cfg spread.Config, in Introduction) {
	if in.Day < 0 || in.Day >= s.Days || in.Count < 1 || in.Count > 10000 || !(in.Ago >= 0 && in.Ago <= 60) {
		c.wrong(path, "needs a day of the run, a count from 1 to 10000 and ago from 0 to 60 days")
	}
	if named(cfg, in.Pathogen) < 0 {
		c.wrong(path, "the scenario has no pathogen %q", in.Pathogen)
	}
	if in.Post != "" && cfg.City.PostNamed(in.Post) == 0 {
		c.wrong(path, "the city has no post %q", in.Post)
	}
}

func (c *checker) checkMeasures(path string, s *Scenario, cfg spread.Config, list []Measure) {
	w, err := spread.New(cfg)
	if err != nil {
		c.failed(path, err)
		return
	}
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		if m.Day < 0 || m.Day >= s.Days {
			c.wrong(at, "day %d is not a day of the run", m.Day)
		}
		if i > 0 && m.Day < list[i-1].Day {
			c.wrong(at, "day %d comes after day %d; days must not go back", m.Day, list[i-1].Day)
		}
		if err := m.apply(w, cfg); err != nil {
			c.failed(at, err)
		}
	}
}

// description is the scenario's city with n people.
func (s *Scenario) description(n int) people.Description {
	d := people.Typical(n)
	d.Guests = int(float64(s.City.Guests) * float64(n) / 1000)
	if s.City.Areas != nil {
		d.Areas = nil
		for _, a := range s.City.Areas {
			d.Areas = append(d.Areas, people.Area(a))
		}
	}
	if s.City.Ages != nil {
		d.Ages = nil
		for _, a := range s.City.Ages {
			d.Ages = append(d.Ages, people.AgeBand(a))
		}
	}
	if s.City.Households != nil {
		d.Households = s.City.Households
	}
	if s.City.Posts != nil {
		d.Posts = nil
		for _, p := range s.City.Posts {
			d.Posts = append(d.Posts, people.Post(p))
		}
	}
	if s.City.Sectors != nil {
		d.Sectors = nil
		for _, x := range s.City.Sectors {
			d.Sectors = append(d.Sectors, people.Sector(x))
		}
	}
	if s.City.Sites != nil {
		d.Sites = nil
		for _, c := range s.City.Sites {
			d.Sites = append(d.Sites, people.SiteClass(c))
		}
	}
	return d
}

// ownCity reports whether contacts differ from those for which the catalogue's
// rates hold: the default city, with or without visits of the usual weight.
func (s *Scenario) ownCity() bool {
	return s.City.Ages != nil || s.City.Households != nil || s.City.Sites != nil && s.Activity != nil ||
		s.Activity != nil && s.Activity.Weight != spread.DefaultActivity().Weight
}

// config is everything but rates, which are set by calibration.
func (c *checker) config(s *Scenario, city *people.City) spread.Config {
	cfg := spread.Config{City: city, Layers: spread.CityLayers(), Seed: s.Seed, Workers: 1, Quiet: true}
	if s.Activity != nil {
		a := spread.Activity(*s.Activity)
		cfg.Activity, cfg.Layers = &a, spread.ActivityLayers()
	}
	if s.Fear != nil {
		cfg.Fear = spread.Fear(*s.Fear)
	}
	cfg.Calendar = c.calendar(s)
	for i, p := range s.Pathogens {
		agent, _ := catalogued(p.Name)
		cfg.Pathogens = append(cfg.Pathogens, p.change(agent))
		if err := cfg.Pathogens[i].Validate(); err != nil {
			c.failed(fmt.Sprintf("pathogens[%d]", i), err)
		}
	}
	c.cross(s, &cfg)
	for i, in := range s.Imports {
		path := fmt.Sprintf("imports[%d]", i)
		post := city.PostNamed(in.Post)
		if in.Post == "visitors" {
			post = spread.Visitors
		}
		if in.Post != "" && post == 0 {
			c.wrong(path, "the city has no post %q", in.Post)
		}
		for _, r := range cfg.Imports {
			if r.Name == in.Name {
				c.wrong(path, "the name %q is used twice", in.Name)
			}
		}
		cfg.Imports = append(cfg.Imports, spread.Route{Name: in.Name, Pathogen: in.Pathogen, PerDay: in.PerDay, Post: post, Ago: in.Ago, From: in.From, To: in.To})
	}
	if len(c.places) == 0 {
		if _, err := spread.New(cfg); err != nil {
			c.failed("pathogens", err)
		}
	}
	return cfg
}

func (c *checker) calendar(s *Scenario) spread.Calendar {
	if s.Start.Day == 0 {
		c.wrong("start", "the calendar day of day 0 is missing")
		return spread.Calendar{}
	}
	newYear := civil.MustDay(s.Start.String()[:4] + "-01-01")
	cal := spread.Calendar{YearDay: int(s.Start.Day - newYear), Weekday: (int(s.Start.Weekday()) + 6) % 7}
	spans := func(path string, dates []Dates) []spread.Span {
		var out []spread.Span
		for i, d := range dates {
			if d.To.Day < d.From.Day {
				c.wrong(fmt.Sprintf("%s[%d]", path, i), "ends before it begins")
			}
			out = append(out, spread.Span{From: int(d.From.Day - s.Start.Day), To: int(d.To.Day-s.Start.Day) + 1})
		}
		return out
	}
	cal.Holidays, cal.Festivals = spans("holidays", s.Holidays), spans("festivals", s.Festivals)
	return cal
}

func (c *checker) cross(s *Scenario, cfg *spread.Config) {
	if len(s.Cross) == 0 {
		return
	}
	cfg.Cross = make([][]float64, len(cfg.Pathogens))
	for i := range cfg.Cross {
		cfg.Cross[i] = make([]float64, len(cfg.Pathogens))
		cfg.Cross[i][i] = 1
	}
	for i, x := range s.Cross {
		from, against := named(*cfg, x.From), named(*cfg, x.Against)
		if from < 0 || against < 0 || from == against {
			c.wrong(fmt.Sprintf("cross[%d]", i), "needs two different pathogens of the scenario, not %q and %q", x.From, x.Against)
			continue
		}
		cfg.Cross[from][against] = x.Share
	}
}

func (p Pathogen) change(agent pathogen.Pathogen) pathogen.Pathogen {
	if p.As != "" {
		agent.Name = p.As
	}
	if p.R0 != nil {
		// Nearly proportional, and where calibration starts from.
		agent.Rate *= *p.R0 / agent.R0
		agent.R0 = *p.R0
	}
	if p.Rate != nil {
		agent.Rate, agent.R0 = *p.Rate, 0
	}
	if p.Dispersion != nil {
		agent.Dispersion = *p.Dispersion
	}
	return agent
}

func catalogued(name string) (pathogen.Pathogen, bool) {
	for _, p := range pathogen.Catalogue() {
		if p.Name == name {
			return p, true
		}
	}
	return pathogen.Pathogen{}, false
}

func catalogueNames() []string {
	var names []string
	for _, p := range pathogen.Catalogue() {
		names = append(names, p.Name)
	}
	return names
}

func named(cfg spread.Config, name string) int {
	return slices.IndexFunc(cfg.Pathogens, func(p pathogen.Pathogen) bool { return p.Name == name })
}

// apply puts the measure in force in a world of the configuration.
func (m *Measure) apply(w *spread.World, cfg spread.Config) error {
	now := w.Measures()
	if m.Lift {
		now = spread.NoMeasures()
	}
	for _, part := range []func(*spread.Measures, spread.Config) error{m.applyContacts, m.applyAreas, m.applyTesting, m.applySites, m.applySectors, m.applyImports} {
		if err := part(&now, cfg); err != nil {
			return err
		}
	}
	if m.Masks != nil {
		now.Masks = spread.Masks(*m.Masks)
	}
	if m.Tracing != nil {
		now.Tracing = spread.Tracing(*m.Tracing)
	}
	if m.Vaccination != nil {
		now.Vaccination = spread.Vaccination(*m.Vaccination)
	}
	return w.SetMeasures(now)
}

func (m *Measure) applyContacts(now *spread.Measures, cfg spread.Config) error {
	for name, factor := range m.Contacts {
		i := slices.IndexFunc(cfg.Layers, func(l spread.Layer) bool { return l.Name == name })
		if i < 0 {
			return fault.New(fault.Invalid, "contacts: there is no layer %q", name)
		}
		now.Contacts[i] = factor
	}
	return nil
}

func (m *Measure) applyAreas(now *spread.Measures, cfg spread.Config) error {
	if m.Areas == nil {
		return nil
	}
	now.Areas = slices.Repeat([]float64{1}, cfg.City.Areas())
	for name, factor := range m.Areas {
		i := slices.Index(cfg.City.AreaNames, name)
		if i < 0 {
			return fault.New(fault.Invalid, "areas: the city has no area %q", name)
		}
		now.Areas[i] = factor
	}
	return nil
}

func (m *Measure) applyTesting(now *spread.Measures, cfg spread.Config) error {
	t := m.Testing
	if t == nil {
		return nil
	}
	now.Testing = spread.Testing{Capacity: t.Capacity, Specificity: t.Specificity, Delay: t.Delay, Isolation: t.Isolation, Compliance: t.Compliance}
	for _, p := range t.Programmes {
		post := cfg.City.PostNamed(p.Post)
		if p.Post != "" && post == 0 {
			return fault.New(fault.Invalid, "testing %q: the city has no post %q", p.Name, p.Post)
		}
		assay := spread.PCR
		switch p.Assay {
		case "", "pcr":
		case "rapid":
			assay = spread.Rapid
		default:
			return fault.New(fault.Invalid, "testing %q: assay is pcr or rapid, not %q", p.Name, p.Assay)
		}
		now.Testing.Programmes = append(now.Testing.Programmes, spread.Programme{Name: p.Name, Post: post, Every: p.Every,
			Attendance: p.Attendance, Wait: p.Wait, Assay: assay, Pool: p.Pool, Finds: p.Finds})
	}
	return nil
}

func (m *Measure) applySites(now *spread.Measures, cfg spread.Config) error {
	if m.Sites == nil {
		return nil
	}
	if cfg.Activity == nil {
		return fault.New(fault.Invalid, "sites: rules for sites have no effect without activity")
	}
	rule := spread.Open()
	if m.Sites.Default != nil {
		rule = m.Sites.Default.plain()
	}
	now.Sites = spread.SiteRules{Classes: slices.Repeat([]spread.ClassRule{rule}, len(cfg.City.Classes))}
	for name, r := range m.Sites.Classes {
		i := cfg.City.ClassNamed(name)
		if i < 0 {
			return fault.New(fault.Invalid, "sites: the city has no class %q", name)
		}
		now.Sites.Classes[i] = r.plain()
	}
	for _, name := range m.Sites.Closed {
		i := slices.Index(cfg.City.AreaNames, name)
		if i < 0 {
			return fault.New(fault.Invalid, "sites: the city has no area %q", name)
		}
		if now.Sites.Closed == nil {
			now.Sites.Closed = make([]bool, cfg.City.Areas())
		}
		now.Sites.Closed[i] = true
	}
	return nil
}

func (m *Measure) applySectors(now *spread.Measures, cfg spread.Config) error {
	if m.Sectors == nil {
		return nil
	}
	if cfg.Activity == nil {
		return fault.New(fault.Invalid, "sectors: openness has no ledger to show its cost without activity")
	}
	now.Sectors = slices.Repeat([]float64{1}, len(cfg.City.Sectors))
	for name, open := range m.Sectors {
		i := cfg.City.SectorNamed(name)
		if i < 0 {
			return fault.New(fault.Invalid, "sectors: the city has no sector %q", name)
		}
		now.Sectors[i] = open
	}
	return nil
}

func (r Rule) plain() spread.ClassRule {
	rule := spread.ClassRule{Admit: 1, Load: r.Load, Redirect: r.Redirect}
	if r.Admit != nil {
		rule.Admit = *r.Admit
	}
	return rule
}

func (m *Measure) applyImports(now *spread.Measures, cfg spread.Config) error {
	if m.Imports == nil {
		return nil
	}
	now.Imports = slices.Repeat([]float64{1}, len(cfg.Imports))
	for name, factor := range m.Imports {
		i := slices.IndexFunc(cfg.Imports, func(r spread.Route) bool { return r.Name == name })
		if i < 0 {
			return fault.New(fault.Invalid, "imports: there is no import %q", name)
		}
		now.Imports[i] = factor
	}
	return nil
}

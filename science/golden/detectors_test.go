package golden

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/science/series"
)

// detectorCase is a case of any method that judges a series week by week.
type detectorCase struct {
	ID          string
	Control     json.RawMessage
	Series      string
	Unit        string
	Freq        int
	EpochAsDate bool   `json:"epoch_as_date"`
	Population  string `json:"population_file"`
	T           []int
	Observed    []value
	UpperBound  []value
	Alarm       []value
	outputs
}

// outputs are the columns that only some of the methods have.
type outputs struct {
	Expected  []value
	PValue    []value
	Score     []value
	Statistic []value
	Below     []value `json:"pnorm_q"`
	Median    []value
}

// run is one way from a case to verdicts.
type run func(c detectorCase, s series.Series, at []int) ([]aberration.Verdict, error)

// judgeDetector compares bound and alarm, and what else the case holds.
func judgeDetector(detect run) func(folder, json.RawMessage) (*comparison, error) {
	return func(data folder, raw json.RawMessage) (*comparison, error) {
		var c detectorCase
		if err := json.Unmarshal(raw, &c); err != nil {
			return nil, fmt.Errorf("read case: %w", err)
		}
		s, err := c.series(data)
		if err != nil {
			return nil, err
		}
		verdicts, err := detect(c, s, places(c.T))
		if err != nil {
			return nil, err
		}
		return c.compare(verdicts), nil
	}
}

const glmTolerance = 1e-6

func (c detectorCase) compare(verdicts []aberration.Verdict) *comparison {
	result := new(comparison)
	result.same("verdicts", 0, len(verdicts), len(c.T))
	for i, v := range verdicts {
		t := c.T[i]
		for _, column := range []struct {
			name string
			want []value
			got  float64
		}{
			{"observed", c.Observed, v.Observed},
			{"upperbound", c.UpperBound, v.Bound},
			{"expected", c.Expected, v.Expected},
			{"pvalue", c.PValue, v.PValue},
			{"score", c.Score, v.Score},
			{"statistic", c.Statistic, v.Score},
			{"pnorm_q", c.Below, 1 - v.PValue},
			{"median", c.Median, v.Expected},
		} {
			if i < len(column.want) {
				result.close(column.name, t, column.got, column.want[i], glmTolerance)
			}
		}
		if i < len(c.Alarm) {
			want := c.Alarm[i].float64 != nil && *c.Alarm[i].float64 == 1
			result.same("alarm", t, v.Alarm, want)
		}
	}
	return result
}

// series returns the case's own series, in dates or in index arithmetic as
// the case says.
func (c detectorCase) series(data folder) (series.Series, error) {
	table, err := data.read(c.Series)
	if err != nil {
		return series.Series{}, err
	}
	s, err := table.Series(c.Unit)
	if err != nil {
		return series.Series{}, err
	}
	s.Step = series.Step(c.Freq)
	if !c.EpochAsDate {
		s.Days = nil
	}
	if c.Population != "" {
		s.Population, err = data.population(c.Population, c.Unit)
	}
	return s, err
}

// population reads the denominators of a unit from a table beside the series.
func (f folder) population(name, unit string) ([]float64, error) {
	table, err := f.read("series/" + strings.TrimSuffix(name, ".csv") + ".csv")
	if err != nil {
		return nil, err
	}
	s, err := table.Series(unit)
	return s.Counts, err
}

// paper runs a method in correct mode, which has to agree with the reference
// wherever that has no known defect.
func paper(name string) run {
	return func(c detectorCase, s series.Series, at []int) ([]aberration.Verdict, error) {
		return named(name, aberration.Correct, c, s, at)
	}
}

func ears(c detectorCase, s series.Series, at []int) ([]aberration.Verdict, error) {
	var control struct{ Method string }
	if err := json.Unmarshal(c.Control, &control); err != nil {
		return nil, fmt.Errorf("read control: %w", err)
	}
	mode := aberration.Correct
	if control.Method == "C3" {
		mode = aberration.Compat
	}
	return named("ears-"+strings.ToLower(control.Method), mode, c, s, at)
}

// named runs the method of a name, as configuration and command line do.
func named(name string, mode aberration.Mode, c detectorCase, s series.Series, at []int) ([]aberration.Verdict, error) {
	detector, err := aberration.ByName(name, c.Control, mode)
	if err != nil {
		return nil, err
	}
	return detector(s, at), nil
}

package pathogen

// The catalogue. Sources are named by author and year; a value marked
// "assumed" has none and is a round figure inside the range that reviews give.

// Rates are those at which each R0 holds in the default city (people.Typical
// with spread.CityLayers); spread.Calibrate finds them for another.

// Catalogue returns the shipped pathogens in a fixed order.
func Catalogue() []Pathogen {
	return []Pathogen{Ancestral(), Omicron(), InfluenzaA(), RSV(), Mycoplasma()}
}

// Ancestral is SARS-CoV-2 as of 2020. Latent and presymptomatic times are set
// so that the median incubation is 5.2 d (5.8 in Wei 2021, 5.2 in the season
// score), the mean generation time 5.5-6 d (5.5 in OpenABM-Covid19, Hinch
// 2021) and somewhat under half of infections come before symptoms.
// Susceptibility by age: Zhang 2020. Severity by age: Verity 2020, Ferguson
// 2020 and O'Driscoll 2020 as collected by Covasim (Kerr 2021). Times to and in
// hospital: Linton 2020, Verity 2020. PCR and rapid curves: Hellewell 2021 and
// the human challenge study (Killingley 2022). Dispersion: Endo 2020 gives 0.1
// and Shenzhen 0.58; 0.45 is Covasim's.
func Ancestral() Pathogen {
	return Pathogen{
		Name:           "sars-cov-2 ancestral",
		Rate:           0.0805,
		R0:             2.9,
		Latent:         Dist{LogNormal, 3.2, 1.2},
		Presymptomatic: Dist{LogNormal, 2.2, 1.2},
		Infectious:     Dist{Gamma, 4.0, 1.5},
		Symptomatic:    Decades(0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90),
		Silent:         0.58, // DAEDALUS
		Load:           Load{Share: 0.5, Ratio: 2, Cap: 4},
		Dispersion:     0.45,
		Susceptibility: Decades(0.34, 0.67, 1, 1, 1, 1, 1.24, 1.47, 1.47),
		Admission:      Decades(0.0005, 0.00165, 0.0072, 0.0208, 0.0343, 0.0765, 0.1328, 0.2066, 0.2457),
		Critical:       Decades(3e-5, 8e-5, 3.6e-4, 1.0e-3, 2.2e-3, 9.3e-3, 3.6e-2, 8.9e-2, 0.174),
		Death:          Decades(2e-5, 2e-5, 1.0e-4, 3.2e-4, 9.8e-4, 2.7e-3, 7.7e-3, 2.4e-2, 0.083),
		ToAdmission:    Dist{LogNormal, 6.6, 4.9},
		ToCritical:     Dist{LogNormal, 1.5, 2.0},
		Stay:           Dist{LogNormal, 12, 6},
		CriticalStay:   Dist{LogNormal, 18.1, 6.3},
		Immunity:       Immunity{Protection: []float64{0.95}, HalfLife: 365, Full: 90, Severity: 0.2, Infecting: 0.6},
		Season:         Season{Amplitude: 0.15, Peak: 15},
		PCR:            Curve{{0, 0}, {1, 0.05}, {2, 0.4}, {3, 0.65}, {4, 0.77}, {6.5, 0.70}, {10, 0.50}, {14, 0.3}, {21, 0.1}, {30, 0}},
		Rapid:          Curve{{0, 0}, {1, 0}, {2, 0.1}, {3, 0.3}, {4, 0.5}, {6, 0.7}, {7, 0.7}, {10, 0.2}, {14, 0.05}, {18, 0}},
	}
}

// Omicron is SARS-CoV-2 from 2022 in a mostly vaccinated city. Incubation 3.5 d
// (Xu 2023), realised generation time near 3 d, 51 % of transmission after
// symptoms (Manica 2022). Severity follows the Shanghai wave of 2022: about
// 0.27 % severe or critical and 0.09 % deaths of all infections, spread over
// ages by the shape of the DAEDALUS table; naive elders fare far worse.
func Omicron() Pathogen {
	p := Ancestral()
	p.Name = "sars-cov-2 omicron"
	p.Rate, p.R0 = 0.1987, 5.9
	p.Latent = Dist{LogNormal, 1.7, 0.7}
	p.Presymptomatic = Dist{LogNormal, 1.7, 1.0}
	p.Infectious = Dist{Gamma, 3.5, 1.5}
	p.Symptomatic = Flat(0.6) // DAEDALUS
	p.Susceptibility = Flat(1)
	p.Admission = Decades(4e-4, 3e-4, 6e-4, 8e-4, 1.0e-3, 2.0e-3, 5.0e-3, 1.5e-2, 4e-2)
	p.Critical = Decades(2e-5, 2e-5, 5e-5, 1e-4, 2e-4, 4e-4, 1.2e-3, 5e-3, 1.8e-2)
	p.Death = Decades(5e-6, 5e-6, 1e-5, 3e-5, 6e-5, 1.5e-4, 5e-4, 2.5e-3, 1.3e-2)
	p.ToAdmission = Dist{LogNormal, 4, 3}
	p.Stay = Dist{LogNormal, 5.5, 3}
	p.Immunity = Immunity{Protection: []float64{0.85, 0.92}, HalfLife: 200, Full: 60, Severity: 0.4, Infecting: 0.7}
	p.PCR = p.PCR.Shift(-1.25)
	p.PCR[0] = Point{0, 0}
	p.PCR[1] = Point{0.5, 0.1}
	p.Rapid = p.Rapid.Shift(-1.25)
	p.Rapid[0] = Point{0, 0}
	p.Rapid[1] = Point{0.5, 0}
	return p
}

// InfluenzaA is seasonal. R 1.28 (Biggerstaff 2014) in a city that is partly
// immune; the catalogue's R0 is for nobody immune, and 25-30 % immunity at the
// start brings it to about 1.3. Incubation 1.4 d (Lessler 2009), intrinsic
// generation time 3.2 d (US household study 2021-23), two thirds with symptoms
// and half infectiousness without (Longini 2004, FRED). Admission by age: the
// 2009 pandemic figures of DAEDALUS; deaths scaled from 0.66 % at 65+ (2009),
// lower ages assumed. Stay 5 d.
func InfluenzaA() Pathogen {
	return Pathogen{
		Name:           "influenza a",
		Rate:           0.0676,
		R0:             1.75,
		Latent:         Dist{Gamma, 1.1, 0.4},
		Presymptomatic: Dist{Gamma, 0.35, 0.2},
		Infectious:     Dist{Gamma, 3.9, 1.5},
		Symptomatic:    Flat(0.67),
		Silent:         0.5,
		Dispersion:     1,
		Susceptibility: ByAge{{0, 1.2}, {18, 1}, {60, 0.8}},
		Admission:      ByAge{{0, 0.0032}, {10, 0.0018}, {20, 0.0028}, {30, 0.0038}, {50, 0.0071}, {60, 0.0085}, {70, 0.010}},
		Critical:       ByAge{{0, 3e-4}, {10, 2e-4}, {30, 4e-4}, {50, 1e-3}, {65, 7e-3}},
		Death:          ByAge{{0, 2e-5}, {10, 1e-5}, {30, 5e-5}, {50, 2e-4}, {65, 6.6e-3}},
		ToAdmission:    Dist{LogNormal, 3, 2},
		ToCritical:     Dist{LogNormal, 1, 1},
		Stay:           Dist{LogNormal, 5, 2.5},
		CriticalStay:   Dist{LogNormal, 12, 6},
		Immunity:       Immunity{Protection: []float64{0.8, 0.85}, HalfLife: 600, Full: 180, Severity: 0.6, Infecting: 0.8},
		Season:         Season{Amplitude: 0.2, Peak: 15},
		PCR:            Curve{{0, 0}, {1, 0.6}, {1.5, 0.95}, {4.5, 0.9}, {7, 0.4}, {10, 0}},
		Rapid:          Curve{{0, 0}, {1, 0.3}, {1.5, 0.62}, {4.5, 0.6}, {7, 0.1}, {8, 0}},
	}
}

// RSV is respiratory syncytial virus. Incubation 4.4 d (Lessler 2009), serial
// interval 7.5 d (Vink 2014), shedding 10, 7 and 5 d by order of infection
// (mean 7), relative susceptibility 0.76, 0.60, 0.40 and infectiousness down to
// 0.75 and 0.51 after earlier infections, hospital stay and admission of
// infants (Hodgson et al., review of transmission models). Elders are admitted
// about as often per person-year as with influenza (Jiangsu 2023). Deaths and
// intensive care: assumed.
func RSV() Pathogen {
	return Pathogen{
		Name:           "rsv",
		Rate:           0.1044,
		R0:             3,
		Latent:         Dist{Gamma, 3.5, 1.0},
		Presymptomatic: Dist{Gamma, 0.9, 0.5},
		Infectious:     Dist{Gamma, 7, 2.5},
		Symptomatic:    ByAge{{0, 0.9}, {5, 0.6}, {15, 0.4}, {60, 0.6}},
		Silent:         0.4, // Kombe 2019: with symptoms 2.5 to 6.7 times as infectious
		Dispersion:     0.7,
		Susceptibility: ByAge{{0, 1}, {5, 0.8}, {15, 0.7}},
		Admission:      ByAge{{0, 0.03}, {1, 0.010}, {2, 0.007}, {5, 0.001}, {60, 0.008}},
		Critical:       ByAge{{0, 0.003}, {1, 0.001}, {5, 1e-4}, {60, 0.0015}},
		Death:          ByAge{{0, 1e-4}, {1, 3e-5}, {5, 5e-6}, {60, 8e-4}},
		ToAdmission:    Dist{LogNormal, 3.5, 2},
		ToCritical:     Dist{LogNormal, 1, 1},
		Stay:           Dist{LogNormal, 5.7, 3},
		CriticalStay:   Dist{LogNormal, 10, 5},
		Immunity:       Immunity{Protection: []float64{0.24, 0.40, 0.60}, Full: 180, Severity: 0.4, Infecting: 0.75},
		Season:         Season{Amplitude: 0.2, Peak: 355},
		PCR:            Curve{{0, 0}, {3, 0.5}, {4.4, 0.95}, {8, 0.9}, {14, 0.3}, {20, 0}},
		Rapid:          Curve{{0, 0}, {3, 0.1}, {4.4, 0.5}, {8, 0.4}, {12, 0}},
	}
}

// Mycoplasma is Mycoplasma pneumoniae. Incubation 23 d within families, 15-20 %
// of children's infections silent, 13 % of infected children with pneumonia
// (Foy 1971), epidemic R 1.7 with macrolide resistance (Zhao 2019). Generation
// time near 23 d. Admission, deaths and immunity: assumed from reviews.
func Mycoplasma() Pathogen {
	return Pathogen{
		Name:           "mycoplasma pneumoniae",
		Rate:           0.0124,
		R0:             1.7,
		Latent:         Dist{Gamma, 12, 4},
		Presymptomatic: Dist{Gamma, 9, 4},
		Infectious:     Dist{Gamma, 14, 6},
		Symptomatic:    ByAge{{0, 0.82}, {18, 0.7}},
		Silent:         0.5,
		Dispersion:     0.5,
		Susceptibility: ByAge{{0, 0.8}, {4, 1.3}, {15, 1}, {40, 0.5}},
		Admission:      ByAge{{0, 0.01}, {18, 0.003}, {60, 0.006}},
		Critical:       Flat(3e-4),
		Death:          ByAge{{0, 1e-5}, {60, 3e-4}},
		ToAdmission:    Dist{LogNormal, 6, 3},
		ToCritical:     Dist{LogNormal, 2, 2},
		Stay:           Dist{LogNormal, 6, 2},
		CriticalStay:   Dist{LogNormal, 12, 5},
		Immunity:       Immunity{Protection: []float64{0.9}, HalfLife: 1000, Full: 365, Severity: 0.7, Infecting: 0.8},
		Season:         Season{Amplitude: 0.1, Peak: 300},
		PCR:            Curve{{0, 0}, {10, 0.3}, {20, 0.9}, {35, 0.7}, {60, 0.3}, {90, 0}},
		Rapid:          Curve{{0, 0}, {18, 0}, {25, 0.5}, {60, 0.7}, {90, 0}},
	}
}

package main

// commandLine is every setting and sub-command; kong reads it. A setting can
// also be given in the environment: --database is BREAKWATER_DATABASE.
type commandLine struct {
	Settings
	JSON bool `help:"Print JSON for machines instead of tables." env:"-"`

	Serve      serveCommand      `cmd:"" help:"Run the server of a live city."`
	User       userCommand       `cmd:"" help:"Keep the accounts."`
	Import     importCommand     `cmd:"" help:"Take in files."`
	Figure     figureCommand     `cmd:"" help:"Ask a figure, and explain its number."`
	Plan       planCommand       `cmd:"" help:"Work with rule packs."`
	City       cityCommand       `cmd:"" help:"Look at the folder of a city."`
	Fsck       fsckCommand       `cmd:"" help:"Compare every record with what was journalled, and verify the chain."`
	Backup     backupCommand     `cmd:"" help:"Copy the records into a file, while the server goes on."`
	Restore    restoreCommand    `cmd:"" help:"Copy the records of a backup into an empty database of either kind."`
	Demo       demoCommand       `cmd:"" help:"Show the program at work on an outbreak of the past; for this machine only."`
	Drill      drillCommand      `cmd:"" help:"Play stories: times, acts, and what must be true."`
	Replay     replayCommand     `cmd:"" help:"Let an outbreak of the city's past come in again, day by day."`
	Visits     visitsCommand     `cmd:"" help:"Keep the visits: who was where."`
	Detect     detectCommand     `cmd:"" help:"Judge a series of counts: which of them are unusual."`
	Indicator  indicatorCommand  `cmd:"" help:"Judge and tune the standing questions on the past."`
	Scoreboard scoreboardCommand `cmd:"" help:"Show how well signals announced outbreaks."`
	Forecast   forecastCommand   `cmd:"" help:"Draw the cases of the days to come from the renewal equation."`
	Nowcast    nowcastCommand    `cmd:"" help:"Estimate what a day will have when all its reports are in."`
	Rt         rtCommand         `cmd:"" help:"Estimate the reproduction number from daily cases."`
	Scan       scanCommand       `cmd:"" help:"Look for clusters in space and time."`
	Simulate   simulateCommand   `cmd:"" help:"Run a scenario of diseases in a synthetic city, or judge the engine by theory."`
	Bench      benchCommand      `cmd:"" help:"Measure."`
	Version    versionCommand    `cmd:"" help:"Print which build this is."`
}

// Settings say where the records are and which city they are about.
type Settings struct {
	Data     string `default:"var" placeholder:"DIR" help:"Folder of everything that is kept (${default})."`
	Database string `placeholder:"URL" help:"postgres://..., or a SQLite file; without it breakwater.db in the data folder."`
	Keys     string `placeholder:"DIR" help:"Folder of the keys; it must stay outside every backup of the database. Without it, keys in the data folder."`
	Pack     string `default:"cn-risk-2020a" placeholder:"ID" help:"Rule pack that proposes (${default})."`
	Budget   int    `default:"20" placeholder:"N" help:"How many signals the inbox of the city's team shows a day, where the city's teams.csv does not say (${default})."`
	City     string `placeholder:"DIR" help:"Folder of the city; without it Dalian, which is built in."`
}

// call is one use of the program: the world, the settings, and how to print.
type call struct {
	world
	settings Settings
	asJSON   bool
}

// Package statistic is the table of the statistics that a release has.
//
// One row a statistic says its id, what it is about, its unit and its family; a
// family is published or withheld as a whole. Everything that walks statistics reads
// this table: which percentiles are estimated, what is withheld together and at which
// error, the keys of release.json and the rows of tables.csv and their order, the
// families of a forecast, and the columns and marks of the report. A percentile of
// the scores is added by a row here, its title in the report's texts and its key in
// the JSON Schema.
package statistic

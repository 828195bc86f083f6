// Package report prints a release. It knows nothing but the release, so
// whatever it prints is free of privacy cost.
//
//  1. [CSV] writes tables.csv: every number of the release, one a row, with
//     titles beside the ids. [DataPackage] describes it to other programs.
//     [Workbook] writes release.xlsx for people with a spreadsheet.
//  2. [HTML] writes report.html, which needs nothing else: a first page for
//     readers of nothing more, chapters by domain and cohort, the change since
//     earlier waves, and, as appendices, the tables behind the figures, how to
//     read the numbers, and how the companies were protected.
//  3. [Markdown] writes report.md, which says the same without the figures.
//  4. [Figures] draws the figures for other documents, as SVG, PNG or PDF.
//  5. [ChangesCSV] and [ChangesMarkdown] write the change from wave to wave as
//     tables of their own.
//  6. [StandingForm] writes standing.html, a page for any company: it enters its
//     answers or drops its sheet, and the page compares them by itself.
//  7. [StandingHTML], [StandingMarkdown] and [StandingFigures] print where one
//     company stands, for its own eyes.
//
// [Options] are the title, who publishes and when, the foreword, the logo and
// all fixed texts, which a publisher can replace, also by another language.
//
// Everything is a function of the release and the options: the same ones give
// the same bytes (PDF apart, which holds the time of writing). Numbers are
// shown with the digits that their intervals support; tables.csv has all
// digits.
package report

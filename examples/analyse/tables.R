# Reads tables.csv and prints the practices of all companies, the lowest first:
#
#	Rscript tables.R out/tables.csv
tables <- read.csv(commandArgs(trailingOnly = TRUE)[1], na.strings = "", encoding = "UTF-8", colClasses = c(wave = "character"))
means <- subset(tables, cohort == "all" & statistic == "mean" & status == "published")
practices <- subset(means, item != "overall" & item != domain)
practices <- practices[order(practices$value), ]
cat(sprintf("%.2f [%.2f, %.2f] %s %s\n", practices$value, practices$low, practices$high, practices$item, practices$item_title), sep = "")

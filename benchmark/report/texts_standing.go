package report

var standingTexts = map[string]string{}

package benchmark

// InstrumentSpec is an instrument as plain data.
type InstrumentSpec struct {
	ID         string          `json:"id"`
	Version    string          `json:"version"`
	Title      string          `json:"title"`
	Scale      []LevelSpec     `json:"scale"`
	Domains    []DomainSpec    `json:"domains"`
	Attributes []AttributeSpec `json:"attributes"`
}
type LevelSpec struct {
	Level int    `json:"level"`
	Name  string `json:"name"`
	Test  string `json:"test,omitempty"`
}
type DomainSpec struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Questions []QuestionSpec `json:"questions"`
}
type QuestionSpec struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}
type AttributeSpec struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Values []ValueSpec `json:"values"`
}
type ValueSpec struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (s InstrumentSpec) checkPublic() error { return nil }

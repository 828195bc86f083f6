package output

import "fmt"

// Folder is the name of the folder of a wave's files. Ids are safe as names of files.
func Folder(wave string, revision int) string {
	if revision <= 1 {
		return wave
	}
	return fmt.Sprintf("%s-revision-%d", wave, revision)
}
